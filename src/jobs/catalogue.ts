import type { FormEntry } from "../documents/forms/registry.js";
import type { Pack } from "../rules/pack.js";
import type { PackHeader } from "../rules/pack-schema.js";
import { packOf, type BuiltPack } from "./built-pack.js";
import type { Statutes } from "../rules/statutes.js";

/** The rules as the site serves them: made by the build beside the pane, fetched by the worker when they are needed. */

/** What is known of a pack without loading it. */
export interface PackEntry {
  readonly header: PackHeader;
  readonly rules: number;
  readonly cases: number;
  readonly hash: string;
  /** File with the pack as the build has checked it, cases left out. */
  readonly built: string;
  /** File with the texts of the pack's files, by path inside the pack. */
  readonly texts: string;
}

export interface Catalogue {
  readonly packs: readonly PackEntry[];
  readonly statutes: Statutes;
  /** Files with the JSON Schemas, by the name that packs use in `$schema`. */
  readonly schemas: Readonly<Record<string, string>>;
  /** File with the forms there are, `FormsCatalogue`. */
  readonly forms: string;
}

/** The forms and letters that can be made, and the files that hold their templates. */
export interface FormsCatalogue {
  readonly forms: readonly FormEntry[];
  /** Served files by the names that `forms` gives. */
  readonly templates: Readonly<Record<string, string>>;
}

/** Where a session gets its rules from: the site, or in a test the folder. */
export interface RulesSource {
  catalogue(): Promise<Catalogue>;
  /** A built-in pack without its cases. */
  pack(entry: PackEntry): Promise<Pack>;
  texts(entry: PackEntry): Promise<PackTexts>;
  /** A JSON Schema by the name that packs use in `$schema`. */
  schema(name: string): Promise<object>;
  forms(): Promise<readonly FormEntry[]>;
  /** The bytes of a template by the name its form gives. */
  template(file: string): Promise<Uint8Array>;
}

/** The texts of a pack's files by path inside the pack. */
export type PackTexts = Readonly<Record<string, string>>;

/** The rules beside the pane. Throws Error if the site doesn't have them. */
export function siteRules(base: string): RulesSource {
  const load = async (name: string, fresh = false): Promise<Response> => {
    const response = await fetch(new URL(name, base), { cache: fresh ? "no-cache" : "default" });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  };
  const json = async (name: string, fresh = false): Promise<unknown> => (await load(name, fresh)).json();
  let catalogue: Promise<Catalogue> | undefined;
  const known = (): Promise<Catalogue> => (catalogue ??= json("catalogue.json", true) as Promise<Catalogue>);
  let loading: Promise<FormsCatalogue> | undefined;
  const forms = (): Promise<FormsCatalogue> =>
    (loading ??= known().then(async (found) => (await json(found.forms)) as FormsCatalogue));
  return {
    catalogue: known,
    pack: async ({ built }) => packOf((await json(built)) as BuiltPack),
    texts: async ({ texts }) => (await json(texts)) as PackTexts,
    schema: async (name) => {
      const { schemas } = await known();
      const file = schemas[name];
      if (file === undefined) throw new Error(`no schema ${name}`);
      return (await json(file)) as object;
    },
    forms: async () => (await forms()).forms,
    template: async (file) => {
      const served = (await forms()).templates[file];
      if (served === undefined) throw new Error(`no template ${file}`);
      return new Uint8Array(await (await load(served)).arrayBuffer());
    },
  };
}
