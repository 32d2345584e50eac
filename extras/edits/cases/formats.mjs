/** Functions that read and write formats, with what packages make in their modules. */
import { BUNDLES, COMMON_JS, using } from './programs.mjs';

export const CASES = {
  'semver: range': using(
    ['semver', 'semver'],
    [
      'const RANGE = ">=10";\nconst isNew = (x) => semver.satisfies(`${x}.0.0`, RANGE);\nshow(function f(x) { return isNew(x); });',
      ['>=10', '>=11'],
      [true, false],
    ],
  ),
  'ms: wait': using(
    ['ms', 'ms'],
    ['const WAIT = ms("2s");\nshow(function f(x) { return x * WAIT; });', ['2s', '3s'], [20000, 30000]],
  ),
  'yaml: configuration': using(
    ['yaml', '{ parse }'],
    [
      'const config = parse("rate: 2\\nname: a");\nshow(function f(x) { return x * config.rate; });',
      ['rate: 2', 'rate: 3'],
      [20, 30],
    ],
    { without: BUNDLES },
  ),
  'marked: renderer': using(
    ['marked', '{ Marked }'],
    [
      'const marked = new Marked({ renderer: { heading: ({ text }) => `<h1>${text}</h1>` } });\nshow(function f(x) { return marked.parse(`# ${x}`); });',
      ['<h1>${text}</h1>', '<h2>${text}</h2>'],
      ['<h1>10</h1>', '<h2>10</h2>'],
    ],
    { without: COMMON_JS },
  ),
  'cheerio: selector': using(
    ['cheerio', '* as cheerio'],
    [
      'const SELECTOR = "b";\nshow(function f(x) { return cheerio.load(`<b>${x}</b><i>no</i>`)(SELECTOR).text(); });',
      ['"b"', '"i"'],
      ['10', 'no'],
    ],
    { without: BUNDLES },
  ),
  'csv-parse: options': using(
    ['csv-parse', '{ parse }'],
    [
      'const OPTIONS = { delimiter: ";" };\nconst rows = (text) => new Promise((resolve) => parse(text, OPTIONS, (error, found) => resolve(found)));\nshow(async function f(x) { return (await rows(`${x};a,b`)).flat().length; });',
      ['";"', '","'],
      [2, 2],
    ],
    { again: true },
  ),
  'papaparse: options': using(
    ['papaparse', 'Papa'],
    [
      'const options = { delimiter: ";" };\nshow(function f(x) { return Papa.parse(`${x};a,b`, options).data[0][0]; });',
      ['";"', '","'],
      ['10', '10;a'],
    ],
  ),
  'handlebars: template': using(
    ['handlebars', 'Handlebars'],
    [
      'const page = Handlebars.compile("<b>{{x}}</b>");\nshow(function f(x) { return page({ x }); });',
      ['<b>{{x}}</b>', '<i>{{x}}</i>'],
      ['<b>10</b>', '<i>10</i>'],
    ],
  ),
  'mustache: template': using(
    ['mustache', 'Mustache'],
    [
      'const TEMPLATE = "{{x}}!";\nshow(function f(x) { return Mustache.render(TEMPLATE, { x }); });',
      ['{{x}}!', '{{x}}?'],
      ['10!', '10?'],
    ],
  ),
  'ejs: template': using(
    ['ejs', 'ejs'],
    [
      'const page = ejs.compile("<%= x %>!");\nshow(function f(x) { return page({ x }); });',
      ['%>!', '%>?'],
      ['10!', '10?'],
    ],
    { without: BUNDLES },
  ),
  'fast-xml-parser: parser': using(
    ['fast-xml-parser', '{ XMLParser }'],
    [
      'const parser = new XMLParser({ parseTagValue: true });\nshow(function f(x) { return typeof parser.parse(`<a>${x}</a>`).a; });',
      ['true', 'false'],
      ['number', 'string'],
    ],
  ),
  'qs: options': using(
    ['qs', 'qs'],
    [
      'const OPTIONS = { delimiter: "&" };\nshow(function f(x) { return Object.keys(qs.parse(`a=${x}&b=1;c=2`, OPTIONS)).length; });',
      ['"&"', '";"'],
      [2, 2],
    ],
    { without: BUNDLES, again: true },
  ),
  'uuid: namespace': using(
    ['uuid', '{ v5 }'],
    [
      'const SPACE = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";\nshow(function f(x) { return v5(String(x), SPACE).length + SPACE.length; });',
      ['6ba7b810', '6ba7b811'],
      [72, 72],
    ],
    { again: true },
  ),
  'acorn: options': using(
    ['acorn', '* as acorn'],
    [
      'const OPTIONS = { ecmaVersion: 2020, sourceType: "module" };\nshow(function f(x) { return acorn.parse(`let a = ${x}`, OPTIONS).sourceType; });',
      ['"module"', '"script"'],
      ['module', 'script'],
    ],
  ),
};
