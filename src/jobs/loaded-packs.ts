import type { Language } from "../locales/language.js";
import { problemText } from "../rules/pack-problem-text.js";
import { defaultPackName, findPack } from "../process/choose-pack.js";
import { packVersion } from "../process/pack-version.js";
import type { Pack } from "../rules/pack.js";
import type { PackProblem } from "../rules/pack-problem.js";
import type { PackHeader } from "../rules/pack-schema.js";
import type { Catalogue, PackEntry, PackTexts, RulesSource } from "./catalogue.js";
import type { TrustedKey } from "../domain/public-key.js";
import { signatureText } from "./pack-signature.js";
import { jobsText } from "./texts.js";
import {
  packDifference,
  partDigest,
  unreadableDifference,
  unreadableText,
  type PackAnswer,
  type PackPart,
  type PackQuestion,
  type WorkbookPack,
} from "./workbook-packs.js";

export type PackOrigin = "built-in" | "workbook";

export interface PackInfo {
  readonly header: PackHeader;
  readonly origin: PackOrigin;
  readonly rules: number;
  readonly cases: number;
  readonly version: string;
  /** Sentences about why a pack of the workbook can't be used. */
  readonly problems: readonly string[];
  /** Whether rows are judged by it: a pack of the workbook has to be confirmed first. */
  readonly counts: boolean;
  /** Who stands for it, as a sentence; undefined where nobody signed it. */
  readonly signature?: string | undefined;
}

/** A pack of the workbook's own, checked as any other. */
interface OwnPack extends WorkbookPack {
  readonly digest: string;
  readonly result: { readonly pack: Pack } | { readonly problems: readonly PackProblem[] };
}

/** The packs there are: those of the workbook that somebody has confirmed before the built-in ones of the same name. */
export class LoadedPacks {
  private readonly builtIn = new Map<string, Promise<Pack>>();
  private own = new Map<string, OwnPack>();
  /** Parts of the workbook that mean to hold a pack and can't be read, by digest. */
  private unreadable = new Map<string, PackPart>();
  /** By digest, whether to use the pack. */
  private readonly answers = new Map<string, boolean>();

  /** Whose signatures this machine's user believes. */
  private trusted: readonly TrustedKey[] = [];

  constructor(private readonly source: RulesSource) {}

  catalogue(): Promise<Catalogue> {
    return this.source.catalogue();
  }

  async setOwn(parts: readonly PackPart[]): Promise<void> {
    const next = new Map<string, OwnPack>();
    this.unreadable = new Map(parts.flatMap((part) => (part.found === "unreadable" ? [[partDigest(part), part]] : [])));
    for (const { xml, found } of parts) {
      if (found === "unreadable") continue;
      const { id, files } = found;
      const digest = partDigest({ xml, found });
      const known = this.own.get(id);
      next.set(id, known?.digest === digest ? known : { id, files, digest, result: await checked(id, files) });
    }
    this.own = next;
  }

  /** What is remembered on this machine. */
  takeAnswers(answers: readonly PackAnswer[]): void {
    for (const { digest, use } of answers) this.answers.set(digest, use);
  }

  trust(keys: readonly TrustedKey[]): void {
    this.trusted = keys;
  }

  /** Answers for packs of the workbook: all that are asked about, or these; gives what is to be remembered. */
  async answer(use: boolean, ids?: readonly string[]): Promise<PackAnswer[]> {
    const asked = ids === undefined ? await this.open() : ids.flatMap((id) => this.own.get(id) ?? []);
    const broken = ids === undefined ? this.openUnreadable() : [];
    const digests = [...asked.map(({ digest }) => digest), ...broken.map(partDigest)];
    const given = digests.map((digest) => ({ digest, use }));
    this.takeAnswers(given);
    return given;
  }

  /** What has to be answered before anything is written; undefined if nothing has. */
  async question(language: Language): Promise<PackQuestion | undefined> {
    const open = await this.open();
    const broken = this.openUnreadable().map((part) => unreadableDifference(part, language));
    if (open.length + broken.length === 0) return undefined;
    const packs = open.map(async (pack) => {
      const entry = await this.entry(pack.id);
      const signature = this.signatureOf(pack, language);
      const problem = problemOf(pack, language);
      return packDifference(pack, entry && (await this.source.texts(entry)), language, { problem, signature });
    });
    return { packs: [...(await Promise.all(packs)), ...broken] };
  }

  /** Why nothing may be written as long as it is not known by which packs; undefined if it is. */
  async hold(language: Language): Promise<string | undefined> {
    for (const [digest, { name }] of this.unreadable)
      if (this.answers.get(digest) !== false) return unreadableText(name, language);
    const [open] = await this.open();
    if (open) return jobsText(language, "packs.open", { title: titleOf(open, language) });
    for (const pack of this.own.values()) {
      const problem = this.answers.get(pack.digest) === true ? problemOf(pack, language) : undefined;
      if (problem !== undefined) return jobsText(language, "packs.broken", { part: pack.id, problem });
    }
    return undefined;
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

  /** All packs by id. */
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
      infos.set(header.id, { header, origin: "built-in", rules, cases, version, problems: [], counts: true });
    }
    for (const own of this.own.values()) {
      const { id, result } = own;
      const builtIn = infos.get(id);
      if ("pack" in result) {
        const { header, rules, cases } = result.pack;
        const count = cases.reduce((sum, { content }) => sum + content.cases.length, 0);
        const version = packVersion(result.pack).slice(id.length + 1);
        const counts = await this.counts(own);
        infos.set(id, {
          header,
          origin: "workbook",
          rules: rules.length,
          cases: count,
          version,
          problems: [],
          counts,
          signature: this.signatureOf(own, language),
        });
      } else {
        const problems = result.problems.map((problem) => problemText(problem, language));
        const header = builtIn?.header ?? unknownHeader(id);
        const rest = builtIn ?? { rules: 0, cases: 0, version: "" };
        infos.set(id, { ...rest, header, origin: "workbook", problems, counts: false });
      }
    }
    return [...infos.values()];
  }

  private signatureOf({ result }: OwnPack, language: Language): string | undefined {
    return "pack" in result ? signatureText(result.pack.signature, this.trusted, language) : undefined;
  }

  /** Packs of the workbook that nobody has answered for, and that would change something. */
  private async open(): Promise<OwnPack[]> {
    const open: OwnPack[] = [];
    for (const pack of this.own.values())
      if (!this.answers.has(pack.digest) && !(await this.isBuiltIn(pack))) open.push(pack);
    return open;
  }

  private openUnreadable(): PackPart[] {
    return [...this.unreadable].flatMap(([digest, part]) => (this.answers.has(digest) ? [] : [part]));
  }

  /** Its rules are those of the program. */
  private async isBuiltIn({ id, result }: OwnPack): Promise<boolean> {
    return "pack" in result && (await this.entry(id))?.hash === result.pack.hash;
  }

  private async counts(pack: OwnPack): Promise<boolean> {
    return "pack" in pack.result && (this.answers.get(pack.digest) === true || (await this.isBuiltIn(pack)));
  }

  private async known(): Promise<Map<string, Pick<Pack, "header">>> {
    const { packs } = await this.source.catalogue();
    const known = new Map<string, Pick<Pack, "header">>(packs.map((entry) => [entry.header.id, entry]));
    for (const own of this.own.values())
      if ("pack" in own.result && (await this.counts(own))) known.set(own.id, own.result.pack);
    return known;
  }

  private async load(ids: readonly string[]): Promise<Map<string, Pack>> {
    const packs = await Promise.all(ids.map(async (id) => [id, await this.pack(id)] as const));
    return new Map(packs);
  }

  private async pack(id: string): Promise<Pack> {
    const own = this.own.get(id);
    if (own && "pack" in own.result && (await this.counts(own))) return own.result.pack;
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

function problemOf({ result }: OwnPack, language: Language): string | undefined {
  return "pack" in result ? undefined : problemText(result.problems[0]!, language);
}

function titleOf({ id, result }: OwnPack, language: Language): string {
  return "pack" in result ? result.pack.header.title[language] : id;
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
