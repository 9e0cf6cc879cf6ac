import { dialectOf, qualified, RELATIONSHIP_NAMESPACES, type Dialect } from "./dialect.js";
import { refuseDoctypes } from "./doctypes.js";
import type { Package, PackageDraft } from "./package.js";
import {
  addContentType,
  addRelationship,
  contentTypeOf,
  freePartName,
  isFree,
  relationshipsOf,
  removeContentType,
  removeRelationships,
  type Relationship,
} from "./relationships.js";
import { WorkbookError } from "./workbook-error.js";
import { escapeXml } from "./xml/escape.js";
import { TextPatch } from "./xml/patch.js";
import { attribute, attributeIn, child, childrenNamed, flag } from "./xml/tree.js";

/** A worksheet; chart sheets and macro sheets are left out. */
export interface SheetInfo {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

/** The main part of the workbook and the parts that belong to it as a whole. */
export interface WorkbookInfo {
  readonly part: string;
  readonly dialect: Dialect;
  readonly date1904: boolean;
  readonly sheets: readonly SheetInfo[];
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
  readonly calcChain: string | undefined;
  readonly definedNames: readonly string[];
  /** Why the file may be read but not changed. */
  readonly frozen: "signed" | "shared" | undefined;
}

/** Throws `WorkbookError` signed or shared where a change would break the file. */
export function assertMayChange({ frozen }: Pick<WorkbookInfo, "frozen">): void {
  if (frozen !== undefined) throw new WorkbookError(frozen);
}

/** Endings by content type; Excel refuses to open a file of another kind than its name says. */
const EXTENSIONS: readonly (readonly [type: string, extension: string])[] = [
  ["spreadsheetml.sheet.main", "xlsx"],
  ["ms-excel.sheet.macroEnabled.main", "xlsm"],
  ["ms-excel.template.macroEnabled.main", "xltm"],
  ["spreadsheetml.template.main", "xltx"],
  ["ms-excel.addin.macroEnabled.main", "xlam"],
];

/** The ending that a workbook of this kind has, without the dot; undefined for a package that is none. */
export function workbookExtension(from: Package): string | undefined {
  if (!from.has("[Content_Types].xml")) return undefined;
  const type = contentTypeOf(from, workbookPart(from)) ?? "";
  return EXTENSIONS.find(([known]) => type.includes(known))?.[1];
}

function workbookPart(from: Package): string {
  return relationshipsOf("", from).find((r) => r.kind === "officeDocument")?.part ?? "xl/workbook.xml";
}

/** Children of `workbook` in the order the schema asks for (ECMA-376 part 1, §18.2.27). */
export const WORKBOOK_ORDER = [
  "fileVersion",
  "fileSharing",
  "workbookPr",
  "workbookProtection",
  "bookViews",
  "sheets",
  "functionGroups",
  "externalReferences",
  "definedNames",
  "calcPr",
  "oleSize",
  "customWorkbookViews",
  "pivotCaches",
  "smartTagPr",
  "smartTagTypes",
  "webPublishing",
  "fileRecoveryPr",
  "webPublishObjects",
  "extLst",
];

/** Each sheet is searched for a ledger: beyond this that would take longer than anybody waits. */
const MOST_SHEETS = 1024;

/** Finds the workbook part and its sheets. Throws `WorkbookError` for packages that are no such workbook. */
export function readWorkbook(from: Package): WorkbookInfo {
  if (from.has("mimetype") && from.has("content.xml")) throw new WorkbookError("open-document");
  if (!from.has("[Content_Types].xml")) throw new WorkbookError("not-a-workbook");
  const top = relationshipsOf("", from);
  const part = workbookPart(from);
  const type = contentTypeOf(from, part) ?? "";
  if (part.endsWith(".bin") || type.includes("sheet.binary")) throw new WorkbookError("binary-xlsb");
  if (!from.has(part))
    throw top.length === 0 ? new WorkbookError("not-a-workbook") : new WorkbookError("missing-part", { part });
  refuseDoctypes(from);
  const { root } = from.xml(part);
  if (root.local !== "workbook") throw new WorkbookError("not-a-workbook");
  const relationships = relationshipsOf(part, from);
  const partOf = (kind: string): string | undefined => relationships.find((r) => r.kind === kind)?.part;
  const sheets: SheetInfo[] = [];
  const listed = childrenNamed(child(root, "sheets"), "sheet");
  if (listed.length > MOST_SHEETS) throw new WorkbookError("too-much", { part, most: MOST_SHEETS });
  for (const element of listed) {
    const id = attributeIn(element, RELATIONSHIP_NAMESPACES, "id");
    const relationship = relationships.find((r) => r.id === id);
    if (relationship?.kind !== "worksheet" || relationship.part === undefined) continue;
    if (!from.has(relationship.part)) throw new WorkbookError("missing-part", { part: relationship.part });
    const state = attribute(element, "state") ?? "visible";
    sheets.push({ name: attribute(element, "name") ?? "", part: relationship.part, hidden: state !== "visible" });
  }
  const strings = partOf("sharedStrings");
  const styles = partOf("styles");
  const calcChain = partOf("calcChain");
  const properties = child(root, "workbookPr");
  return {
    part,
    dialect: dialectOf(root.namespace),
    date1904: properties !== undefined && flag(properties, "date1904"),
    sheets,
    sharedStrings: strings !== undefined && from.has(strings) ? strings : undefined,
    styles: styles !== undefined && from.has(styles) ? styles : undefined,
    calcChain: calcChain !== undefined && from.has(calcChain) ? calcChain : undefined,
    definedNames: childrenNamed(child(root, "definedNames"), "definedName").map((e) => attribute(e, "name") ?? ""),
    frozen: frozenBy(from, top, relationships),
  };
}

/**
 * A signature lies over the package. A legacy shared workbook (审阅 › 共享工作簿) keeps a log of revisions beside its
 * sheets, and takes neither tables nor anything that its log doesn't know of.
 */
function frozenBy(
  from: Package,
  top: readonly Relationship[],
  relationships: readonly Relationship[],
): WorkbookInfo["frozen"] {
  const has = (all: readonly Relationship[], wanted: string): boolean =>
    all.some(({ kind, part }) => kind === wanted && part !== undefined && from.has(part));
  if (has(top, "origin")) return "signed";
  return has(relationships, "revisionHeaders") ? "shared" : undefined;
}

const WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const SHARED_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml";
const STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/** A free sheet name: `name`, or `name (2)` and so on; Excel compares without case and takes 31 characters at most. */
export function freeSheetName(name: string, taken: readonly string[]): string {
  const lower = new Set(taken.map((other) => other.toLowerCase()));
  for (let n = 1; ; n++) {
    const number = n === 1 ? "" : ` (${n})`;
    const candidate = `${name.slice(0, 31 - number.length)}${number}`;
    if (!lower.has(candidate.toLowerCase())) return candidate;
  }
}

/** Enters a new sheet at the end of the workbook and returns the name of its part, which the caller then fills. */
export function addSheet(draft: PackageDraft, workbook: WorkbookInfo, name: string): string {
  const part = freePartName(draft, "xl/worksheets/sheet", ".xml");
  // Claimed at once, so that the next free name is another one.
  draft.set(part, "");
  addContentType(draft, part, WORKSHEET_TYPE);
  const id = addRelationship(draft, workbook.part, `${workbook.dialect.relationships}/worksheet`, part);
  const document = draft.xml(workbook.part);
  const sheets = child(document.root, "sheets");
  if (!sheets) throw new WorkbookError("malformed-xml", { part: workbook.part, offset: 0, reason: "no sheets" });
  const sheetId = Math.max(0, ...childrenNamed(sheets, "sheet").map((e) => Number(attribute(e, "sheetId")))) + 1;
  const patch = new TextPatch(document.text);
  // Declared on the spot: the workbook may bind r to something else, or not at all.
  patch.append(
    sheets,
    `<${qualified(sheets.prefix, "sheet")} name="${escapeXml(name)}" sheetId="${sheetId}" r:id="${id}" xmlns:r="${workbook.dialect.relationships}"/>`,
  );
  draft.set(workbook.part, patch.apply());
  return part;
}

/** What is added to a part that belongs to the workbook as a whole; `apply` says whether the part had to be made. */
interface Addition {
  apply(draft: PackageDraft, part: string, namespace: string): boolean;
}

/**
 * Writes added strings or formats into the part that the workbook refers to, or into a new one. A part that only bears
 * the name is none of the workbook's: no reader would look into it.
 */
export function applyToWorkbook(
  draft: PackageDraft,
  workbook: WorkbookInfo,
  kind: "sharedStrings" | "styles",
  addition: Addition,
): void {
  const { main, relationships } = workbook.dialect;
  const part = workbook[kind] ?? freeNameOf(draft, workbook, kind);
  if (!addition.apply(draft, part, main)) return;
  addContentType(draft, part, kind === "styles" ? STYLES_TYPE : SHARED_STRINGS_TYPE);
  addRelationship(draft, workbook.part, `${relationships}/${kind}`, part);
}

function freeNameOf(draft: PackageDraft, { part }: WorkbookInfo, kind: string): string {
  const home = part.slice(0, part.lastIndexOf("/") + 1);
  const usual = `${home}${kind}.xml`;
  return isFree(draft, usual) ? usual : freePartName(draft, `${home}${kind}`, ".xml");
}

/** Takes the calculation chain out; Excel builds it anew. Needed when a formula moves to another cell. */
export function dropCalcChain(draft: PackageDraft, workbook: WorkbookInfo): void {
  if (workbook.calcChain === undefined) return;
  draft.remove(workbook.calcChain);
  removeContentType(draft, workbook.calcChain);
  removeRelationships(draft, workbook.part, workbook.calcChain);
}

/** Makes Excel calculate every formula when it opens the file: their cached values may rest on cells that changed. */
export function calculateOnLoad(draft: PackageDraft, workbook: WorkbookInfo): void {
  const document = draft.xml(workbook.part);
  const patch = new TextPatch(document.text);
  const present = child(document.root, "calcPr");
  if (present) patch.setAttribute(present, "fullCalcOnLoad", "1");
  else
    patch.insertInOrder(
      document.root,
      "calcPr",
      `<${qualified(document.root.prefix, "calcPr")} fullCalcOnLoad="1"/>`,
      WORKBOOK_ORDER,
    );
  if (patch.changed) draft.set(workbook.part, patch.apply());
}
