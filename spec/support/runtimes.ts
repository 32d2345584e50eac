/** What some runtimes lack of `util.types`: checks of what they do not have, or cannot tell. */
const LACKING = ['isExternal', 'isArgumentsObject', 'isGeneratorObject', 'isMapIterator', 'isModuleNamespaceObject'];

const withoutChecks = `
  import { syncBuiltinESMExports } from 'node:module';
  import { types } from 'node:util';
  for (const name of ${JSON.stringify(LACKING)}) delete types[name];
  syncBuiltinESMExports();`;

/** As frameworks do it, which want to know who asks for the time. */
const withOtherConstructor = `
  const Original = Date;
  const Replaced = Object.defineProperties(function Date1() {
    return Reflect.construct(Original, arguments, new.target ?? Original);
  }, Object.getOwnPropertyDescriptors(Original));
  Object.defineProperty(Original.prototype, 'constructor', { value: Replaced });
  globalThis.Date = Replaced;`;

/** As fake timers do it, before the package is loaded. */
const withOtherDate = `
  const Original = Date;
  globalThis.Date = class ClockDate extends Original {
    constructor(...args) {
      super(...args);
      Object.defineProperty(this, 'constructor', { value: Original });
    }
    static [Symbol.hasInstance](instance) {
      return instance instanceof Original;
    }
  };`;

/** Ways in which Node may run: what its built-in classes and checks are then. Options of Node stand behind each. */
export const RUNTIMES: readonly (readonly [string, readonly string[]])[] = [
  ['as it comes', []],
  ['with frozen intrinsics', ['--frozen-intrinsics', '--no-warnings']],
  ['without checks that other runtimes lack', first(withoutChecks)],
  ['with another constructor of dates', first(withOtherConstructor)],
];

/** One more, in which a date that was stored comes back as one of the original class. */
export const WITH_FAKE_DATE: readonly [string, readonly string[]] = [
  'with the Date of fake timers',
  first(withOtherDate),
];

/** Runs code before all else. */
function first(code: string): readonly string[] {
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}
