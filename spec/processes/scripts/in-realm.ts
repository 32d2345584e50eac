import { readFileSync } from 'node:fs';
import { createContext, type Module, SourceTextModule, SyntheticModule } from 'node:vm';
import { say } from '../../support/script-side.ts';

/** What Node has beside the language, the same in every realm. */
const context = createContext({ atob, Blob, btoa, Buffer, DOMException, structuredClone, URL, URLSearchParams });
/** What makes values; the other packages are CommonJS modules. */
const INSIDE = /\/tempcache-spec\/|\/devalue\//;
const modules = new Map<string, Promise<Module>>();

async function load(specifier: string, referrer: string): Promise<Module> {
  const url = import.meta.resolve(specifier, referrer);
  const known = modules.get(url) ?? (INSIDE.test(url) ? loadInside(url) : loadOutside(url));
  modules.set(url, known);
  return known;
}

async function loadOutside(url: string): Promise<Module> {
  const exported = (await import(url)) as Record<string, unknown>;
  const fill = function (this: SyntheticModule): void {
    for (const [name, value] of Object.entries(exported)) this.setExport(name, value);
  };
  return new SyntheticModule(Object.keys(exported), fill, { context, identifier: url });
}

async function loadInside(url: string): Promise<Module> {
  const initializeImportMeta = (meta: ImportMeta): void => void Object.assign(meta, { url });
  return new SourceTextModule(readFileSync(new URL(url), 'utf8'), { context, identifier: url, initializeImportMeta });
}

const entry = await load('./realm-values.js', import.meta.url);
await entry.link(async (specifier, { identifier }) => load(specifier, identifier));
await entry.evaluate();
say((entry.namespace as { readonly foreign: readonly string[] }).foreign);
