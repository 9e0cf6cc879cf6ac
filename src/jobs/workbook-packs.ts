import { sha256Hex } from "../domain/sha256.js";
import { WorkbookError } from "../ooxml/workbook-error.js";
import { escapeXml } from "../ooxml/xml/escape.js";
import { attribute, childrenNamed, parseXml, textContent } from "../ooxml/xml/tree.js";
import type { Language } from "../locales/language.js";
import { canonicalJson } from "../rules/canonical-json.js";
import { withEnglish } from "../rules/json-source.js";
import type { PackTexts } from "./catalogue.js";
import { PACK_NAMESPACE } from "./pack-namespace.js";
import { packFiles, PLAIN_MOST, unpackFiles } from "./packed-files.js";
import { jobsText } from "./texts.js";

export { PACK_NAMESPACE };

/** A pack that the workbook carries itself. */
export interface WorkbookPack {
  readonly id: string;
  readonly files: PackTexts;
}

/** A part of a workbook that holds a pack, or means to. */
export interface PackPart {
  /** `customXml/item1.xml`, or the id by which Excel knows the part. */
  readonly name: string;
  readonly xml: string;
  readonly found: WorkbookPack | "unreadable";
}

/** What parts of our namespace hold; other programs' are left out. */
export function packParts(texts: readonly { readonly name: string; readonly xml: string }[]): PackPart[] {
  return texts.flatMap(({ name, xml }): PackPart[] => {
    const found = readPackPart(xml);
    return found === undefined ? [] : [{ name, xml, found }];
  });
}

/** The sentence on a part that can't be read. */
export function unreadableText(name: string, language: Language): string {
  return jobsText(language, "packs.unreadable", { part: name });
}

export function formatPackPart({ id, files }: WorkbookPack): string {
  const lines = Object.entries(files).map(
    ([path, text]) => `<file path="${escapeXml(path)}">${escapeXml(text)}</file>`,
  );
  const plain = lines.join("");
  const content = plain.length > PLAIN_MOST ? `<packed>${packFiles(files)}</packed>` : plain;
  return `<pack xmlns="${PACK_NAMESPACE}" id="${escapeXml(id)}">${content}</pack>`;
}

/** The pack in a part; undefined if this XML holds none; “unreadable” if it means to and can't be read. */
function readPackPart(xml: string): WorkbookPack | "unreadable" | undefined {
  let document;
  try {
    document = parseXml(xml, "customXml");
  } catch (error) {
    // Other programs' custom XML is none of our business, however broken.
    if (error instanceof WorkbookError) return xml.includes(PACK_NAMESPACE) ? "unreadable" : undefined;
    throw error;
  }
  const { root } = document;
  if (root.local !== "pack" || root.namespace !== PACK_NAMESPACE) return undefined;
  const id = attribute(root, "id") ?? "";
  const [packed] = childrenNamed(root, "packed");
  const unpacked = packed && unpackFiles(textContent(document, packed));
  if (packed && !unpacked) return "unreadable";
  const plain = childrenNamed(root, "file").map((file): [string, string] => [
    attribute(file, "path") ?? "",
    textContent(document, file),
  ]);
  const files: Record<string, string> = {};
  for (const [path, text] of unpacked ? Object.entries(unpacked) : plain) {
    if (path !== "" && !Object.hasOwn(Object.prototype, path)) files[path] = text;
  }
  return id === "" ? "unreadable" : { id, files };
}

// ------------------------------------------------------------ confirming

/** What somebody said about a pack of a workbook, kept on their machine. */
export interface PackAnswer {
  /** `packDigest` of the pack: the least change asks anew. */
  readonly digest: string;
  readonly use: boolean;
}

/** Stands for a pack to the byte. */
export function packDigest({ id, files }: WorkbookPack): string {
  return sha256Hex(canonicalJson([id, files]));
}

/** Stands for what a part holds, also where it can't be read. */
export function partDigest({ xml, found }: Pick<PackPart, "xml" | "found">): string {
  return found === "unreadable" ? sha256Hex(xml) : packDigest(found);
}

export interface FileDifference {
  readonly path: string;
  readonly change: "added" | "changed" | "removed";
}

export interface ParameterDifference {
  readonly name: string;
  readonly title: string;
  /** Values as JSON; undefined where there is no such parameter. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** In what a pack of the workbook differs from the program's own of that id. */
export interface PackDifference {
  readonly digest: string;
  readonly id: string;
  readonly title: string;
  /** Whether the program has a pack of that id, in whose place it would stand. */
  readonly replaces: boolean;
  readonly files: readonly FileDifference[];
  readonly parameters: readonly ParameterDifference[];
  /** Why it can't be used, as a sentence. */
  readonly problem: string | undefined;
  /** Who stands for it, as a sentence; undefined where nobody signed it. */
  readonly signature: string | undefined;
}

/** What has to be answered before anything is written by packs of the workbook. */
export interface PackQuestion {
  readonly packs: readonly PackDifference[];
}

/** A part that can't be read: there is nothing to compare, only to leave aside. */
export function unreadableDifference(part: PackPart, language: Language): PackDifference {
  const { name } = part;
  const problem = unreadableText(name, language);
  return {
    digest: partDigest(part),
    id: name,
    title: name,
    replaces: false,
    files: [],
    parameters: [],
    problem,
    signature: undefined,
  };
}

/** Compares the files of a pack with the program's own of its id; undefined: there is none. */
export function packDifference(
  pack: WorkbookPack,
  own: PackTexts | undefined,
  language: Language,
  { problem, signature }: Pick<PackDifference, "problem" | "signature">,
): PackDifference {
  const before = own ?? {};
  const files = Object.keys({ ...before, ...pack.files })
    .sort()
    .flatMap((path): FileDifference[] => {
      const [old, next] = [before[path], pack.files[path]];
      if (old === next) return [];
      return [{ path, change: old === undefined ? "added" : next === undefined ? "removed" : "changed" }];
    });
  return {
    digest: packDigest(pack),
    id: pack.id,
    title: titleIn(pack.files["pack.json"], language) ?? pack.id,
    replaces: own !== undefined,
    files,
    parameters: parameterDifferences(before["parameters.json"], pack.files["parameters.json"], language),
    problem,
    signature,
  };
}

/** One line that names the pack and what differs, for a terminal. */
export function differenceText(difference: PackDifference, language: Language): string {
  const { id, title, replaces, files, parameters, signature } = difference;
  const changed = [
    ...parameters.map(({ title: name, before, after }) => `${name} ${before ?? "—"} → ${after ?? "—"}`),
    ...files.map(({ path }) => path),
  ];
  const list = changed.slice(0, NAMED).join("、") + (changed.length > NAMED ? " …" : "");
  const text = jobsText(language, replaces ? "packs.differs" : "packs.additional", { id, title, list });
  return signature === undefined ? text : `${text}（${signature}）`;
}

/** Differences that a line names; the pane's bar shows all. */
const NAMED = 6;

function titleIn(text: string | undefined, language: Language): string | undefined {
  const title = (json(text) as { readonly title?: Partial<Record<Language, unknown>> } | undefined)?.title?.[language];
  return typeof title === "string" ? title : undefined;
}

interface LooseParameter {
  readonly name?: unknown;
  readonly title?: Partial<Record<Language, unknown>>;
  readonly values?: unknown;
}

/** The files have not been checked yet: whatever does not look like a parameter is passed over. */
function parametersIn(text: string | undefined): Map<string, LooseParameter> {
  const list = (json(text) as { readonly parameters?: unknown } | undefined)?.parameters;
  const found = new Map<string, LooseParameter>();
  for (const item of Array.isArray(list) ? (list as unknown[]) : []) {
    const parameter = item as LooseParameter | null;
    if (typeof parameter === "object" && typeof parameter?.name === "string") found.set(parameter.name, parameter);
  }
  return found;
}

function parameterDifferences(
  before: string | undefined,
  after: string | undefined,
  language: Language,
): ParameterDifference[] {
  const [old, next] = [parametersIn(before), parametersIn(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((name) => {
    const [was, is] = [valuesText(old.get(name)), valuesText(next.get(name))];
    if (was === is) return [];
    const title = (next.get(name) ?? old.get(name))?.title?.[language];
    return [{ name, title: typeof title === "string" ? title : name, before: was, after: is }];
  });
}

/** `15`, or `15；2026-01-01 起 12`. */
function valuesText(parameter: LooseParameter | undefined): string | undefined {
  if (!Array.isArray(parameter?.values)) return undefined;
  const texts = (parameter.values as readonly unknown[]).map((item) => {
    if (typeof item !== "object" || item === null) return JSON.stringify(item);
    const { effectiveFrom: from, value } = item as { readonly effectiveFrom?: unknown; readonly value?: unknown };
    const text = JSON.stringify(value) ?? "—";
    return typeof from === "string" ? `${from}: ${text}` : text;
  });
  return texts.join("; ");
}

function json(text: string | undefined): unknown {
  try {
    const value = withEnglish(JSON.parse(text ?? "null"));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
