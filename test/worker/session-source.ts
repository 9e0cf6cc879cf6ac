import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readRegistry } from "../../src/documents/forms/registry.js";
import type { RulesSource } from "../../src/jobs/catalogue.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import type { LedgerSnapshot } from "../../src/ledger/port.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { loadAllPacks, packFiles, STATUTES } from "../packs-folder.js";

/** The rules as a session gets them from the site, here from the folder; and the ledger of the templates. */

const TEMPLATES = join(import.meta.dirname, "..", "..", "templates");
export const packs = loadAllPacks();

export function sampleLedger(): LedgerSnapshot {
  return openFileLedger(readFileSync(join(TEMPLATES, "sample-ledger.xlsx")), { codec: nodeCodec }).snapshot;
}

/** Packs as a session gets them, the same ones every time: they are compiled once. */
const shipped = new Map([...packs].map(([id, pack]) => [id, { ...pack, cases: [] }]));

const nothing = (): Promise<never> => Promise.reject(new Error("not asked for here"));

export const source: RulesSource = {
  catalogue: () =>
    Promise.resolve({
      packs: [...packs.values()].map(({ header, hash }) => ({
        header,
        hash,
        rules: 0,
        cases: 0,
        built: "",
        texts: "",
      })),
      statutes: STATUTES,
      schemas: {},
      forms: "",
    }),
  pack: ({ header }) => Promise.resolve(shipped.get(header.id)!),
  texts: ({ header }) => Promise.resolve(Object.fromEntries(packFiles(header.id))),
  schema: nothing,
  forms: () => Promise.resolve(readRegistry(readFileSync(join(TEMPLATES, "forms.json"), "utf8"))),
  template: (file) => Promise.resolve(readFileSync(join(TEMPLATES, file))),
};
