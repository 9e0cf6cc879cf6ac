import { getNodePath, findNodeAtOffset, parseTree } from "jsonc-parser";
import type { PackProblem } from "../rules/pack-problem.js";
import { problemSentence } from "../rules/pack-problem-text.js";
import { nearest } from "../rules/nearest.js";
import type { CellContext } from "./codecs.js";
import { headerText, PackDraft, rowsOf, type SheetRow } from "./draft.js";
import type { Cells } from "./fields.js";
import { formatLike } from "./format-like.js";
import { isList, isObject, sameJson, valueAt, type Json, type JsonPath } from "./json.js";
import { bilingual, CellFault, type SheetProblem } from "./problem.js";
import { CASES } from "./sections/cases.js";
import { LISTS, PARAMETERS } from "./sections/grouped.js";
import { LABELS, WORDS_SHEET } from "./sections/labels.js";
import { HEADER, jsonFiles, othersSection, README_COLUMNS, README_NAME, readmeRows } from "./sections/others.js";
import { rulesSection } from "./sections/rules.js";
import type { PackFiles, Section } from "./sections/section.js";
import { CAPS, CLAUSES, REPORTS } from "./sections/simple.js";
import { NAMED, TABLES, tableSections } from "./sections/tables.js";
import {
  ERROR_HEADER,
  RESULT_HEADER,
  SHEET_PREFIX,
  type SheetColumn,
  type SheetGrid,
  type SheetTable,
} from "./table.js";

/**
 * A pack as sheets and sheets as a pack. The sheets hold all that the files say; what they can't show, the layout of the
 * files, is taken from the earlier version where there is one.
 */

/** The texts of a pack's files by path. */
export type PackTexts = ReadonlyMap<string, string>;

/** All sheets but those of decision tables' rows, in their order in the workbook; words are read after their labels. */
const FIXED: readonly Section[] = [
  HEADER,
  PARAMETERS,
  CLAUSES,
  rulesSection("deadlines", "期限"),
  rulesSection("penalties", "处罚"),
  rulesSection("responsibility", "责任"),
  LABELS,
  WORDS_SHEET,
  CASES,
  rulesSection("classification", "分类"),
  LISTS,
  rulesSection("compensation", "补偿"),
  rulesSection("approvals", "核决"),
  rulesSection("forms", "单据"),
  rulesSection("advice", "建议"),
  CAPS,
  NAMED,
  TABLES,
];
const OTHERS = othersSection([...FIXED, REPORTS]);

/** The sheets of every pack, without those of decision tables. */
const NAMES: ReadonlySet<string> = new Set([...FIXED, REPORTS, OTHERS].map(({ name }) => name));

/** A sheet of this name is one of a pack's, with rows of its own. */
export function isPackSheet(name: string): boolean {
  return NAMES.has(plainName(name)) || plainName(name).startsWith("表·");
}

const ERROR_COLUMN: SheetColumn = {
  header: ERROR_HEADER,
  width: 44,
  format: "text",
  note: bilingual("note.error"),
  filled: true,
};

/** The sheets of a pack whose files are sound JSON. Throws Error where they could not say all of it. */
export function sheetsOfPack(texts: PackTexts): SheetTable[] {
  const files = jsonFiles(texts);
  const context = contextOf(files);
  const sections = [...FIXED, ...tableSections(files), REPORTS, OTHERS];
  const sheets = sections.map((section) => sheetOf(section, files, context));
  const readme: SheetTable = {
    name: README_NAME,
    about: bilingual("about.readme"),
    columns: README_COLUMNS,
    rows: readmeRows(texts.get("README.md")).map((cells) => [cells.get(README_COLUMNS[0]!.header) ?? null]),
  };
  const all = [...sheets, readme];
  assertWhole(all, files);
  return all;
}

function contextOf(files: PackFiles): CellContext {
  const header = files.get("pack.json");
  const document = header === undefined ? undefined : valueAt(header, ["source", "document"]);
  const parameters = files.get("parameters.json");
  const list = isObject(parameters) ? parameters["parameters"] : undefined;
  const titles = new Map<string, string>();
  for (const one of isList(list) ? list : []) {
    const [name, title] = [valueAt(one, ["name"]), valueAt(one, ["title", "zh"])];
    if (typeof name === "string" && typeof title === "string") titles.set(name, title);
  }
  return { titles, document: typeof document === "string" ? document : "" };
}

function sheetOf(section: Section, files: PackFiles, context: CellContext): SheetTable {
  const columns = [...section.columns(files), ERROR_COLUMN];
  const rows = section.rows(files, context);
  return { name: section.name, about: section.about, columns, rows: rows.map((cells) => lineOf(columns, cells)) };
}

function lineOf(columns: readonly SheetColumn[], cells: Cells): SheetTable["rows"][number] {
  return columns.map(({ header }) => cells.get(header) ?? null);
}

/** What the sheets say is read back and held against the files before anybody rests on it. */
function assertWhole(sheets: readonly SheetTable[], files: PackFiles): void {
  const draft = readSheets(sheets.map(gridOf));
  const [problem] = draft.problems;
  if (problem) throw new Error(`${problem.sheet} ${problem.row}: ${problem.text.en}`);
  for (const [path, content] of files)
    if (!sameJson(draft.files.get(path), content)) throw new Error(`the sheets don't say all of ${path}`);
}

/** The sheet as it would be read. */
export function gridOf({ name, columns, rows }: SheetTable): SheetGrid {
  return { name, rows: [columns.map(({ header }) => header), ...rows] };
}

// ------------------------------------------------------------ reading

/** A pack as its sheets say it: its files as text, and where everything in them stands. */
export interface ReadPack {
  readonly id: string;
  readonly texts: PackTexts;
  readonly draft: PackDraft;
}

/**
 * The pack that sheets say, before the loader has looked at it; or what is wrong with cells. `before`: the files that the
 * sheets were made from.
 */
export function packOfSheets(
  grids: readonly SheetGrid[],
  before: PackTexts,
): ReadPack | { readonly problems: readonly SheetProblem[] } {
  const draft = readSheets(grids);
  if (draft.problems.length > 0) return { problems: draft.problems };
  const texts = new Map<string, string>();
  for (const [path, content] of draft.files) texts.set(path, formatLike(content, before.get(path)));
  const learned = before.get("learned.json");
  if (learned !== undefined) texts.set("learned.json", learned);
  const readme = readmeOf(grids, before.get("README.md"));
  if (readme !== undefined) texts.set("README.md", readme);
  const id = draft.files.get("pack.json")?.["id"];
  return { id: typeof id === "string" ? id : "", texts, draft };
}

function readSheets(grids: readonly SheetGrid[]): PackDraft {
  const draft = new PackDraft();
  const named = new Map(grids.map((grid) => [plainName(grid.name), grid]));
  let context: CellContext = { titles: new Map(), document: "" };
  for (const section of FIXED) {
    readSection(section, named, draft, context);
    if (section === HEADER) context = contextOf(draft.files);
  }
  for (const section of [...tableSections(draft.files), REPORTS, OTHERS]) readSection(section, named, draft, context);
  if (!named.has(README_NAME)) draft.report(wholeSheet(README_NAME), bilingual("fault.sheet", { sheet: README_NAME }));
  reportCopies(grids, draft);
  dropEmpty(draft);
  return draft;
}

/** A copy that Excel made of a sheet, 处罚 (2): nobody knows whether what was changed on it or on the first one is meant. */
function reportCopies(grids: readonly SheetGrid[], draft: PackDraft): void {
  for (const { name } of grids) {
    const [, original] = /^(.+?)\s*[(（]\d+[)）]$/.exec(plainName(name)) ?? [];
    if (original === undefined || !isPackSheet(original)) continue;
    draft.report(wholeSheet(name), bilingual("fault.sheet-copied", { sheet: original }));
  }
}

/** Sheets that were read for lists that turned out to have no rows leave nothing behind. */
function dropEmpty(draft: PackDraft): void {
  for (const [path, content] of draft.files)
    if (Object.keys(content).length === 0 && path !== "pack.json") draft.files.delete(path);
}

export function plainName(name: string): string {
  const trimmed = name.trim();
  return trimmed.startsWith(SHEET_PREFIX) ? trimmed.slice(SHEET_PREFIX.length) : trimmed;
}

function wholeSheet(sheet: string): { sheet: string; row: number; column: number; header: string; value: string } {
  return { sheet, row: 0, column: 0, header: "", value: "" };
}

function readSection(
  section: Section,
  grids: ReadonlyMap<string, SheetGrid>,
  draft: PackDraft,
  context: CellContext,
): void {
  const grid = grids.get(section.name);
  if (!grid) {
    draft.report(wholeSheet(section.name), bilingual("fault.sheet", { sheet: section.name }));
    return;
  }
  const headers = section
    .columns(draft.files)
    .filter(({ filled }) => filled !== true)
    .map(({ header }) => header);
  if (!headersFit(grid, headers, draft)) return;
  const rows = rowsOf(grid, headers, draft);
  if (section.eachOnce) reportDoubles(rows, headers, draft);
  section.read(rows, draft, context);
}

function reportDoubles(rows: readonly SheetRow[], headers: readonly string[], draft: PackDraft): void {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const said = JSON.stringify(headers.map((header) => row.cells.get(header) ?? null));
    const before = seen.get(said);
    if (before !== undefined) draft.fault(row, headers[0], new CellFault("fault.row-twice", { row: before }));
    else seen.set(said, row.row);
  }
}

/** Headers that the program fills itself and doesn't read. */
const FILLED: ReadonlySet<string> = new Set([ERROR_HEADER, RESULT_HEADER]);

/** Every column is there under its own name, once, and no other. */
function headersFit(grid: SheetGrid, headers: readonly string[], draft: PackDraft): boolean {
  const found = (grid.rows[0] ?? []).map(headerText);
  const missing = headers.filter((header) => !found.includes(header));
  const before = draft.problems.length;
  found.forEach((header, i) => {
    if (header === "" || FILLED.has(header)) return;
    const place = { sheet: grid.name, row: 1, column: i + 1, header, value: header };
    if (headers.includes(header)) {
      if (found.indexOf(header) !== i) draft.report(place, bilingual("fault.header-twice", { header }));
      return;
    }
    const meant = nearest(header, missing) ?? missing[0];
    const key = meant === undefined ? "fault.header-unknown" : "fault.header-renamed";
    draft.report(place, bilingual(key, { header, meant: meant ?? "" }));
  });
  if (draft.problems.length === before && missing.length > 0)
    draft.report(
      { sheet: grid.name, row: 1, column: 0, header: "", value: "" },
      bilingual("fault.header-missing", { list: missing.join("、") }),
    );
  return draft.problems.length === before;
}

/** README line by line; as it stood where no line differs. */
function readmeOf(grids: readonly SheetGrid[], before: string | undefined): string | undefined {
  const grid = grids.find(({ name }) => plainName(name) === README_NAME);
  const lines = (grid?.rows.slice(1) ?? []).map(([cell]) =>
    cell === null || cell === undefined || typeof cell === "object" ? "" : String(cell),
  );
  while (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) return undefined;
  const text = lines.join("\n");
  return before !== undefined && text === before.replace(/\r\n?/g, "\n").replace(/\n+$/, "") ? before : `${text}\n`;
}

// ------------------------------------------------------------ problems of the loader

/** What the loader says of a pack, at the cells that it speaks of. */
export function problemsOnSheets({ id, texts, draft }: ReadPack, problems: readonly PackProblem[]): SheetProblem[] {
  return problems.map((problem): SheetProblem => {
    const file = problem.file.startsWith(`${id}/`) ? problem.file.slice(id.length + 1) : problem.file;
    const path = pathOf(problem, texts.get(file));
    const key = problem.params["key"];
    const deeper = typeof key === "string" ? draft.placeOf(file, [...path, key]) : undefined;
    const place = deeper ?? draft.placeOf(file, path) ?? wholeSheet(sheetOfFile(file));
    return { ...place, text: { zh: problemSentence(problem, "zh"), en: problemSentence(problem, "en") } };
  });
}

function pathOf({ line, column }: PackProblem, text: string | undefined): JsonPath {
  if (text === undefined || line === undefined || column === undefined) return [];
  const tree = parseTree(text);
  const start = line === 1 ? 0 : nthLine(text, line);
  const node = tree && findNodeAtOffset(tree, start + column - 1);
  return node ? getNodePath(node) : [];
}

function nthLine(text: string, line: number): number {
  let at = 0;
  for (let n = 1; n < line; n += 1) at = text.indexOf("\n", at) + 1;
  return at;
}

/** The sheet on which a file stands, where no cell is known. */
function sheetOfFile(file: string): string {
  if (file === "learned.json") return LABELS.name;
  const section = [...FIXED, REPORTS].find(({ holds }) =>
    holds.some(([known]) => known === file || (known === "cases/*" && file.startsWith("cases/"))),
  );
  return (section ?? HEADER).name;
}

/** A file of a draft as JSON, for tests and comparisons. */
export type { Json };
