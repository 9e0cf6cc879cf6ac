import * as codec from "../codecs.js";
import type { PackDraft, SheetRow } from "../draft.js";
import { isList, isObject, putAt, sameJson, valueAt, type DraftObject, type Json } from "../json.js";
import { bilingual, CellFault, type SheetsKey } from "../problem.js";
import { LEVEL_WORDS, PERIOD_WORDS, STAGE_WORDS, Words } from "../vocabulary.js";
import { cellText, type PackFiles, type Section } from "./section.js";

/** 制度: what a pack says of itself, a line each. 其他: whatever stands on no other sheet, as JSON. */

interface Line {
  readonly label: string;
  readonly path: readonly string[];
  readonly codec: codec.Codec;
}

const VAGUE = new Words({ warning: LEVEL_WORDS.word("warning"), error: LEVEL_WORDS.word("error") });

const LINES: readonly Line[] = [
  { label: "编号", path: ["id"], codec: codec.text },
  { label: "名称", path: ["title", "zh"], codec: codec.text },
  { label: "名称（英文）", path: ["title", "en"], codec: codec.text },
  { label: "版本", path: ["version"], codec: codec.text },
  { label: "来源文件", path: ["source", "document"], codec: codec.text },
  { label: "来源标题", path: ["source", "title", "zh"], codec: codec.text },
  { label: "来源标题（英文）", path: ["source", "title", "en"], codec: codec.text },
  { label: "来源说明", path: ["source", "note", "zh"], codec: codec.text },
  { label: "来源说明（英文）", path: ["source", "note", "en"], codec: codec.text },
  { label: "自何日起", path: ["effectiveFrom"], codec: codec.date },
  { label: "编号格式", path: ["numbering", "pattern"], codec: codec.text },
  { label: "流水号重排", path: ["numbering", "period"], codec: codec.choice(PERIOD_WORDS) },
  { label: "编号条文", path: ["numbering", "clause"], codec: codec.clause },
  { label: "环节", path: ["stages"], codec: codec.choices(STAGE_WORDS) },
  { label: "下班时间", path: ["calendar", "closeOfBusiness"], codec: codec.text },
  { label: "提前预警小时", path: ["calendar", "warningHours"], codec: codec.number },
  { label: "原单转新单", path: ["followUp"], codec: codec.yesNo() },
  { label: "空泛措施", path: ["vagueMeasures"], codec: codec.choice(VAGUE) },
  { label: "境外用语", path: ["abroadWords"], codec: codec.texts },
];
const LABEL = "项目";
const VALUE = "值";
const PACK = "pack.json";
/** Of the header, clauses have a sheet of their own. */
const HEADER_KEYS = [...new Set(LINES.map(({ path: [key = ""] }) => key))];

export const HEADER: Section = {
  name: "制度",
  about: bilingual("about.header"),
  holds: HEADER_KEYS.map((key) => [PACK, key] as const),
  columns: () => [
    {
      header: LABEL,
      width: 20,
      format: "text",
      note: bilingual("note.item"),
      choices: LINES.map(({ label }) => label),
    },
    { header: VALUE, width: 70, format: "text", note: bilingual("note.item-value") },
  ],
  rows(files, context) {
    const content = files.get(PACK);
    return LINES.flatMap(({ label, path, codec: kind }) => {
      const value = content === undefined ? undefined : valueAt(content, path);
      const cell = value === undefined ? undefined : kind.write(value, context);
      return cell === undefined || cell === null
        ? []
        : [
            new Map<string, codec.CellValue>([
              [LABEL, label],
              [VALUE, cell],
            ]),
          ];
    });
  },
  read(rows, draft, context) {
    const content = draft.file(PACK);
    const seen = new Set<string>();
    const named: { readonly line: Line; readonly row: SheetRow }[] = [];
    for (const row of rows) {
      const label = cellText(row.cells, LABEL);
      const line = LINES.find((known) => known.label === label);
      if (!line || seen.has(label)) {
        const known = LINES.map((one) => one.label).join("、");
        draft.fault(
          row,
          LABEL,
          line ? new CellFault("fault.twice", { name: label }) : new CellFault("fault.choice", { known }),
        );
        continue;
      }
      seen.add(label);
      named.push({ line, row });
    }
    // Clauses are read by the document that another line names.
    const [before, after] = [false, true].map((isClause) =>
      named.filter(({ line }) => (line.codec === codec.clause) === isClause),
    );
    for (const { line, row } of before!) readLine(line, row, content, draft, context);
    const document = valueAt(content, ["source", "document"]);
    const own = { ...context, document: typeof document === "string" ? document : "" };
    for (const { line, row } of after!) readLine(line, row, content, draft, own);
  },
};

function readLine(line: Line, row: SheetRow, content: DraftObject, draft: PackDraft, context: codec.CellContext): void {
  const cell = row.cells.get(VALUE);
  if (cell === undefined || cell === null) {
    draft.fault(row, VALUE, new CellFault("fault.required", { header: VALUE }));
    return;
  }
  try {
    putAt(content, line.path, line.codec.read(cell, context));
    draft.place(PACK, line.path, row, VALUE);
  } catch (error) {
    if (!(error instanceof CellFault)) throw error;
    draft.fault(row, VALUE, error);
  }
}

// ------------------------------------------------------------ the rest

const FILE = "文件";
const KEY = "键";
const CONTENT = "内容（JSON）";
/** In place of a key: the file as a whole. */
const WHOLE = "*";

/** Whatever the other sheets don't hold. `sections` are all of them. */
export function othersSection(sections: readonly Section[]): Section {
  const held = (file: string, key: string): boolean =>
    sections.some(({ holds }) =>
      holds.some(
        ([known, one]) => one === key && (known === file || (known === "cases/*" && file.startsWith("cases/"))),
      ),
    );
  return {
    name: "其他",
    about: bilingual("about.others"),
    holds: [],
    columns: () =>
      (
        [
          [FILE, 26, "note.other-file"],
          [KEY, 16, "note.other-key"],
          [CONTENT, 90, "note.other-content"],
        ] as const
      ).map(([header, width, note]: readonly [string, number, SheetsKey]) => ({
        header,
        width,
        format: "text" as const,
        note: bilingual(note),
      })),
    rows: (files) => [...files].flatMap(([file, content]) => restOf(file, content, held)),
    read(rows, draft) {
      for (const row of rows) readRest(row, draft);
    },
  };
}

function restOf(
  file: string,
  content: Json,
  held: (file: string, key: string) => boolean,
): Map<string, codec.CellValue>[] {
  const line = (key: string, value: Json): Map<string, codec.CellValue> =>
    new Map([
      [FILE, file],
      [KEY, key],
      [CONTENT, JSON.stringify(value)],
    ]);
  if (!isObject(content) || Object.keys(content).length === 0) return [line(WHOLE, content)];
  return Object.entries(content).flatMap(([key, value]) =>
    held(file, key) && !isBare(value) ? [] : [line(key, value)],
  );
}

/** A list or object without anything in it: no row of another sheet could say that it is there. */
function isBare(value: Json): boolean {
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function readRest(row: SheetRow, draft: PackDraft): void {
  const file = cellText(row.cells, FILE);
  const key = cellText(row.cells, KEY);
  if (!/^(?:[a-z]+|cases\/[^/\\]+)\.json$/.test(file)) {
    draft.fault(row, FILE, new CellFault("fault.file", { file }));
    return;
  }
  let value: Json;
  try {
    value = JSON.parse(cellText(row.cells, CONTENT)) as Json;
  } catch {
    draft.fault(row, CONTENT, new CellFault("fault.json", { rest: cellText(row.cells, CONTENT).slice(0, 12) }));
    return;
  }
  const content = draft.file(file);
  if (key === WHOLE && isObject(value)) Object.assign(content, value);
  else if (key === "") draft.fault(row, KEY, new CellFault("fault.required", { header: KEY }));
  // A list that rows of another sheet fill stays theirs.
  else if (!isBare(value) || content[key] === undefined || sameJson(content[key], value)) content[key] = value;
  draft.place(file, [key], row, CONTENT);
}

// ------------------------------------------------------------ README

const TEXT = "文字";

/** The pack's README, a line a row. */
export const README_NAME = "README";
export function readmeRows(text: string | undefined): Map<string, codec.CellValue>[] {
  return text === undefined ? [] : text.split("\n").map((line) => new Map([[TEXT, line]]));
}
export const README_COLUMNS = [{ header: TEXT, width: 120, format: "text" as const, note: bilingual("note.readme") }];

/** The files as JSON, as sections read them. */
export function jsonFiles(texts: ReadonlyMap<string, string>): PackFiles {
  const files = new Map<string, Json>();
  for (const [path, text] of texts) {
    if (path.endsWith(".json") && path !== "learned.json")
      files.set(path, JSON.parse(text.replace(/^\ufeff/, "")) as Json);
  }
  return files;
}
