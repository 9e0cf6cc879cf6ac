import { strFromU8 } from "fflate";
import { Package } from "../../../src/ooxml/package.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import {
  columnLetters,
  columnNumber,
  LAST_COLUMN,
  LAST_ROW,
  overlap,
  parseArea,
  type Area,
} from "../../../src/ooxml/references.js";
import { relationshipsOf } from "../../../src/ooxml/relationships.js";
import {
  attribute,
  child,
  childrenNamed,
  descendants,
  parseXml,
  type XmlElement,
} from "../../../src/ooxml/xml/tree.js";
import { unzip } from "./ooxml.js";

/** What a writer has made worse: problems of its output that its input didn't have. */
export function newProblems(input: Uint8Array, output: Uint8Array): string[] {
  const before = new Set(lintPackage(input));
  return lintPackage(output).filter((problem) => !before.has(problem));
}

/**
 * What is wrong with a package as other programs would see it. It looks at names, numbers and references only; whether
 * parts are valid by schema is for `schema.ts`. Written apart from the writer, so that it can't share its mistakes.
 */
export function lintPackage(bytes: Uint8Array): string[] {
  const parts = unzip(bytes);
  const names = [...parts.keys()];
  return [
    ...doubles(
      names.map((name) => name.toLowerCase()),
      "part",
    ),
    ...lintContentTypes(parts),
    ...lintRelationships(parts),
    ...lintWorkbook(bytes),
  ];
}

type Parts = ReadonlyMap<string, Uint8Array>;

function textOf(parts: Parts, name: string): string {
  return strFromU8(parts.get(name)!);
}

function doubles(values: readonly string[], what: string): string[] {
  const seen = new Set<string>();
  return values.flatMap((value) => {
    if (seen.has(value)) return [`${what} ${value} twice`];
    seen.add(value);
    return [];
  });
}

function lintContentTypes(parts: Parts): string[] {
  const { root } = parseXml(textOf(parts, "[Content_Types].xml"), "[Content_Types].xml");
  const overrides = childrenNamed(root, "Override").map((e) => (attribute(e, "PartName") ?? "").toLowerCase());
  const defaults = childrenNamed(root, "Default").map((e) => (attribute(e, "Extension") ?? "").toLowerCase());
  const problems = [...doubles(overrides, "override"), ...doubles(defaults, "default")];
  for (const name of parts.keys()) {
    if (name === "[Content_Types].xml" || name.endsWith("/")) continue;
    const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
    if (!overrides.includes(`/${name.toLowerCase()}`) && !defaults.includes(extension))
      problems.push(`${name} has no content type`);
  }
  const present = new Set([...parts.keys()].map((name) => `/${name.toLowerCase()}`));
  for (const name of overrides) if (!present.has(name)) problems.push(`content type of ${name}, which is not there`);
  return problems;
}

function lintRelationships(parts: Parts): string[] {
  const problems: string[] = [];
  const lower = new Map([...parts.keys()].map((name) => [name.toLowerCase(), name]));
  for (const name of parts.keys()) {
    if (!name.endsWith(".rels")) continue;
    const source = name === "_rels/.rels" ? "" : name.replace(/_rels\/([^/]*)\.rels$/, "$1");
    if (source !== "" && !lower.has(source.toLowerCase())) problems.push(`${name} belongs to no part`);
    const { root } = parseXml(textOf(parts, name), name);
    const elements = childrenNamed(root, "Relationship");
    problems.push(
      ...doubles(
        elements.map((e) => attribute(e, "Id") ?? ""),
        `${name}: id`,
      ),
    );
    for (const element of elements) {
      if (attribute(element, "TargetMode") === "External") continue;
      const target = decodeURI(attribute(element, "Target") ?? "");
      const base = source.includes("/") ? source.slice(0, source.lastIndexOf("/") + 1) : "";
      const path = new URL(target, `http://x/${base}`).pathname.slice(1);
      if (!lower.has(decodeURI(path).toLowerCase())) problems.push(`${name}: ${target} is not there`);
    }
  }
  return problems;
}

function lintWorkbook(bytes: Uint8Array): string[] {
  const from = new Package(bytes, nodeCodec);
  const main = relationshipsOf("", from).find(({ kind }) => kind === "officeDocument")!.part!;
  const of = relationshipsOf(main, from);
  const { root } = from.xml(main);
  const one = (kind: string): string | undefined => of.find((r) => r.kind === kind)?.part;
  const styles = one("styles");
  const formats = styles === undefined ? 1 : count(from.xml(styles).root, "cellXfs", "xf");
  const differentials = styles === undefined ? 0 : count(from.xml(styles).root, "dxfs", "dxf");
  const strings = one("sharedStrings");
  const texts = strings === undefined ? 0 : childrenNamed(from.xml(strings).root, "si").length;
  const problems: string[] = [];
  for (const kind of ["styles", "sharedStrings", "calcChain", "theme"])
    if (of.filter((r) => r.kind === kind).length > 1) problems.push(`the workbook has more than one part ${kind}`);
  const sheets = childrenNamed(child(root, "sheets"), "sheet");
  problems.push(
    ...doubles(
      sheets.map((s) => (attribute(s, "name") ?? "").toLowerCase()),
      "sheet name",
    ),
  );
  problems.push(
    ...doubles(
      sheets.map((s) => attribute(s, "sheetId") ?? ""),
      "sheet id",
    ),
  );
  const ids = new Set(of.map(({ id }) => id));
  for (const sheet of sheets) {
    const id = sheet.attributes.find((a) => a.local === "id" && a.namespace.endsWith("/relationships"))?.value;
    if (id === undefined || !ids.has(id)) problems.push(`sheet ${attribute(sheet, "name") ?? ""} leads nowhere`);
  }
  const tables: XmlElement[] = [];
  for (const { kind, part } of of) {
    if (kind !== "worksheet" || part === undefined || !from.has(part)) continue;
    problems.push(...lintSheet(from, part, { formats, differentials, texts }, tables));
  }
  const defined = childrenNamed(child(root, "definedNames"), "definedName")
    .filter((name) => attribute(name, "localSheetId") === undefined)
    .map((name) => (attribute(name, "name") ?? "").toLowerCase());
  const tableNames = tables.map((t) => (attribute(t, "displayName") ?? "").toLowerCase());
  problems.push(
    ...doubles([...defined, ...tableNames], "name"),
    ...doubles(
      tables.map((t) => attribute(t, "id") ?? ""),
      "table id",
    ),
  );
  return problems;
}

function count(root: XmlElement, list: string, item: string): number {
  const element = child(root, list);
  return element ? childrenNamed(element, item).length : 0;
}

interface Limits {
  readonly formats: number;
  readonly differentials: number;
  readonly texts: number;
}

function lintSheet(from: Package, part: string, limits: Limits, tables: XmlElement[]): string[] {
  const problems: string[] = [];
  const { text, root } = from.xml(part);
  let lastRow = 0;
  for (const row of childrenNamed(child(root, "sheetData"), "row")) {
    const number = Number(attribute(row, "r") ?? lastRow + 1);
    if (number <= lastRow || number > LAST_ROW) problems.push(`${part}: row ${number} out of order`);
    lastRow = number;
    problems.push(...lintRow(part, text, row, number, limits));
  }
  for (const rule of descendants(root, "cfRule")) {
    const id = attribute(rule, "dxfId");
    if (id !== undefined && Number(id) >= limits.differentials)
      problems.push(`${part}: format ${id} of a rule is not there`);
  }
  const merges = childrenNamed(child(root, "mergeCells"), "mergeCell").flatMap(
    (m) => parseArea(attribute(m, "ref") ?? "") ?? [],
  );
  const relations = new Map(relationshipsOf(part, from).map((r) => [r.id, r]));
  const areas: Area[] = [];
  for (const element of descendants(root, "tablePart")) {
    const id = element.attributes.find((a) => a.local === "id")?.value ?? "";
    const target = relations.get(id)?.part;
    if (target === undefined || !from.has(target)) {
      problems.push(`${part}: table ${id} leads nowhere`);
      continue;
    }
    const table = from.xml(target).root;
    tables.push(table);
    const area = parseArea(attribute(table, "ref") ?? "");
    if (!area) {
      problems.push(`${target} has no area`);
      continue;
    }
    if ([...areas, ...merges].some((other) => overlap(area, other))) problems.push(`${target} lies over another area`);
    areas.push(area);
    problems.push(...lintTable(target, table, area));
  }
  const referred = new Set(
    [...descendants(root, "tablePart")].map((e) => e.attributes.find((a) => a.local === "id")?.value),
  );
  for (const [id, { kind }] of relations)
    if (kind === "table" && !referred.has(id)) problems.push(`${part}: table ${id} is not referred to`);
  return problems;
}

function lintRow(part: string, text: string, row: XmlElement, number: number, limits: Limits): string[] {
  const problems: string[] = [];
  let last = 0;
  for (const cell of childrenNamed(row, "c")) {
    const reference = attribute(cell, "r") ?? "";
    const at = columnNumber(/^[A-Z]+/.exec(reference)?.[0] ?? "");
    const inOrder = at > last && at <= LAST_COLUMN && reference === `${columnLetters(at)}${number}`;
    if (!inOrder) problems.push(`${part}: cell ${reference} out of order`);
    last = at;
    if (Number(attribute(cell, "s") ?? 0) >= limits.formats)
      problems.push(`${part}: format of ${reference} is not there`);
    const value = attribute(cell, "t") === "s" ? child(cell, "v") : undefined;
    const index = value ? Number(text.slice(value.openEnd, value.closeStart)) : 0;
    if (value && !(index >= 0 && index < limits.texts)) problems.push(`${part}: text of ${reference} is not there`);
  }
  return problems;
}

function lintTable(part: string, table: XmlElement, area: Area): string[] {
  const columns = childrenNamed(child(table, "tableColumns"), "tableColumn");
  const names = columns.map((column) => (attribute(column, "name") ?? "").toLowerCase());
  const problems = [
    ...doubles(names, `${part}: column`),
    ...doubles(
      columns.map((column) => attribute(column, "id") ?? ""),
      `${part}: column id`,
    ),
  ];
  const width = area.right - area.left + 1;
  const said = attribute(child(table, "tableColumns")!, "count");
  if (columns.length !== width || (said !== undefined && Number(said) !== width))
    problems.push(`${part}: ${columns.length} columns (${said ?? "?"} said) over ${width} cells`);
  if (names.includes("")) problems.push(`${part}: a column without a name`);
  const least =
    (attribute(table, "headerRowCount") === "0" ? 0 : 1) + Number(attribute(table, "totalsRowCount") ?? 0) + 1;
  if (area.bottom - area.top + 1 < least) problems.push(`${part}: no row of data`);
  return problems;
}
