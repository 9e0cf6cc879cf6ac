import { problemText } from "../rules/pack-problem-text.js";
import type { Language } from "../locales/language.js";
import { defaultPackName, findPack } from "../process/choose-pack.js";
import { packVersion } from "../process/process.js";
import type { Pack } from "../rules/pack.js";
import type { PackProblem } from "../rules/pack-problem.js";
import type { Catalogue, PackEntry, PackTexts, RulesSource } from "./catalogue.js";
import type { PackInfo, WorkbookPack } from "../worker/messages.js";

/** A pack of the workbook's own, checked as any other; one with problems is not used. */
interface OwnPack {
  readonly id: string;
  readonly files: PackTexts;
  readonly result: { readonly pack: Pack } | { readonly problems: readonly PackProblem[] };
}

/** The packs there are: those of the workbook before the built-in ones of the same name. */
export class LoadedPacks {
  private readonly builtIn = new Map<string, Promise<Pack>>();
  private own = new Map<string, OwnPack>();

  constructor(private readonly source: RulesSource) {}

  catalogue(): Promise<Catalogue> {
    return this.source.catalogue();
  }

  async setOwn(packs: readonly WorkbookPack[]): Promise<void> {
    const next = new Map<string, OwnPack>();
    for (const { id, files } of packs) {
      const known = this.own.get(id);
      const same = known && JSON.stringify(known.files) === JSON.stringify(files);
      next.set(id, same ? known : { id, files, result: await checked(id, files) });
    }
    this.own = next;
  }

  /**
   * The packs that a ledger calls by these names (undefined: rows that name none); all of them if a name is unknown, for
   * then a message lists them.
   */
  async named(names: ReadonlySet<string | undefined>): Promise<Map<string, Pack>> {
    const entries = await this.known();
    const wanted = new Set<string>();
    for (const name of names) {
      const found = findPack(defaultPackName(name, entries), entries);
      if (!found) return this.load([...entries.keys()]);
      wanted.add(found.header.id);
    }
    return this.load([...entries.keys()].filter((id) => wanted.has(id)));
  }

  /** All packs by id, those in `instead` in place of what there is. */
  async all(): Promise<Map<string, Pack>> {
    return this.load([...(await this.known()).keys()]);
  }

  async texts(id: string): Promise<PackTexts> {
    const own = this.own.get(id);
    if (own) return own.files;
    const entry = await this.entry(id);
    if (!entry) throw new Error(`no pack ${id}`);
    return this.source.texts(entry);
  }

  async infos(language: Language): Promise<PackInfo[]> {
    const { packs } = await this.source.catalogue();
    const infos = new Map<string, PackInfo>();
    for (const { header, rules, cases, hash } of packs) {
      const version = `${header.version} ${hash.slice(0, 8)}`;
      infos.set(header.id, { header, origin: "built-in", rules, cases, version, problems: [] });
    }
    for (const { id, result } of this.own.values()) {
      const builtIn = infos.get(id);
      if ("pack" in result) {
        const { header, rules, cases } = result.pack;
        const count = cases.reduce((sum, { content }) => sum + content.cases.length, 0);
        const version = packVersion(result.pack).slice(id.length + 1);
        infos.set(id, { header, origin: "workbook", rules: rules.length, cases: count, version, problems: [] });
      } else {
        const problems = result.problems.map((problem) => problemText(problem, language));
        const header = builtIn?.header ?? unknownHeader(id);
        const rest = builtIn ?? { rules: 0, cases: 0, version: "" };
        infos.set(id, { ...rest, header, origin: "workbook", problems });
      }
    }
    return [...infos.values()];
  }

  private async known(): Promise<Map<string, Pick<Pack, "header">>> {
    const { packs } = await this.source.catalogue();
    const known = new Map<string, Pick<Pack, "header">>(packs.map((entry) => [entry.header.id, entry]));
    for (const { id, result } of this.own.values()) if ("pack" in result) known.set(id, result.pack);
    return known;
  }

  private async load(ids: readonly string[]): Promise<Map<string, Pack>> {
    const packs = await Promise.all(ids.map(async (id) => [id, await this.pack(id)] as const));
    return new Map(packs);
  }

  private async pack(id: string): Promise<Pack> {
    const own = this.own.get(id);
    if (own && "pack" in own.result) return own.result.pack;
    const known = this.builtIn.get(id);
    if (known) return known;
    const entry = await this.entry(id);
    if (!entry) throw new Error(`no pack ${id}`);
    const loading = this.source.pack(entry);
    // A failed download is tried again the next time.
    loading.catch(() => this.builtIn.delete(id));
    this.builtIn.set(id, loading);
    return loading;
  }

  private async entry(id: string): Promise<PackEntry | undefined> {
    const { packs } = await this.source.catalogue();
    return packs.find(({ header }) => header.id === id);
  }
}

function unknownHeader(id: string): PackInfo["header"] {
  return {
    id,
    title: { zh: id, en: id },
    version: "",
    source: { document: "", title: { zh: "", en: "" } },
    stages: [],
  };
}

/** The loader and its validator are a good part of the program; only edited packs need them. */
export async function checked(id: string, files: PackTexts): Promise<OwnPack["result"]> {
  const { loadPack } = await import("../rules/load-pack.js");
  return loadPack(id, new Map(Object.entries(files)));
}
