import { addAll } from "../../domain/grouping.js";
import ExcelJS from "exceljs";
import { arrayBuffer, fillDocx, templateFields, type DocumentData, type TemplateFields } from "../fill-docx.js";
import { steadyZip } from "../steady-zip.js";
import { linesIn } from "../text-size.js";
import { FIELDS, LISTS, type FormRow, type FormValue, type FormValues, type ListName } from "./form-values.js";

/** A filled form, and what its template asked for in vain. */
export interface FilledForm {
  readonly bytes: Uint8Array;
  /** Placeholders that have no value for this complaint; a line to write on stands there. */
  readonly empty: readonly string[];
  /** Placeholders that mean nothing. */
  readonly unknown: readonly string[];
}

/** A line to write on by hand. */
const BLANK = "＿＿＿＿";

export async function fillForm(template: Uint8Array, kind: "docx" | "xlsx", values: FormValues): Promise<FilledForm> {
  return kind === "docx" ? fillWord(template, values) : fillExcel(template, values);
}

/** Fields and lists of a template of either kind. */
export async function formFields(template: Uint8Array, kind: "docx" | "xlsx"): Promise<TemplateFields> {
  if (kind === "docx") return templateFields(template);
  const fields = new Set<string>();
  const lists = new Map<string, Set<string>>();
  for (const { text } of textCells(await workbook(template)))
    for (const [, list, field] of placeholders(text)) {
      if (list === undefined) fields.add(field!);
      else lists.set(list, (lists.get(list) ?? new Set()).add(field!));
    }
  return { fields, lists };
}

/** What is not in the product's vocabulary. */
export function unknownFields({ fields, lists }: TemplateFields): string[] {
  const unknown = [...fields].filter((field) => !FIELDS.has(field));
  for (const [list, names] of lists) {
    const known: readonly string[] | undefined = isList(list) ? LISTS[list] : undefined;
    if (!known) unknown.push(list);
    else
      addAll(
        unknown,
        [...names].filter((name) => !known.includes(name)).map((name) => `${list}.${name}`),
      );
  }
  return unknown;
}

function isList(name: string): name is ListName {
  return name in LISTS;
}

function emptyFields({ fields, lists }: TemplateFields, values: FormValues): string[] {
  return [
    ...[...fields].filter((field) => FIELDS.has(field) && values.fields[field] === undefined),
    ...[...lists.keys()].filter((list) => isList(list) && values.lists[list].length === 0),
  ];
}

async function fillWord(template: Uint8Array, values: FormValues): Promise<FilledForm> {
  const asked = await templateFields(template);
  const data: Record<string, string | readonly DocumentData[]> = {};
  for (const field of asked.fields) data[field] = values.fields[field]?.text ?? BLANK;
  for (const [list, names] of asked.lists) {
    const rows: readonly FormRow[] = isList(list) ? values.lists[list] : [];
    // A list without rows keeps one to write in.
    data[list] = (rows.length === 0 ? [{}] : rows).map((row: FormRow) =>
      Object.fromEntries([...names].map((name) => [name, row[name]?.text ?? ""])),
    );
  }
  return { bytes: await fillDocx(template, data), empty: emptyFields(asked, values), unknown: unknownFields(asked) };
}

// ------------------------------------------------------------ Excel

/** {客户名称} and, in a row that is repeated, {本月投诉.客户名称}. */
const PLACEHOLDER = /\{(?:([^{}.]+)\.)?([^{}.]+)\}/g;

function placeholders(text: string): RegExpMatchArray[] {
  return [...text.matchAll(PLACEHOLDER)];
}

async function workbook(template: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(arrayBuffer(template));
  return book;
}

function textOf(cell: ExcelJS.Cell): string {
  if (cell.isMerged && cell.master.address !== cell.address) return "";
  const { value } = cell;
  if (typeof value === "string") return value;
  return value !== null && typeof value === "object" && "richText" in value
    ? value.richText.map(({ text }) => text).join("")
    : "";
}

function textCells(book: ExcelJS.Workbook): { cell: ExcelJS.Cell; text: string }[] {
  const found: { cell: ExcelJS.Cell; text: string }[] = [];
  book.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const text = textOf(cell);
        if (text.includes("{")) found.push({ cell, text });
      });
    });
  });
  return found;
}

async function fillExcel(template: Uint8Array, values: FormValues): Promise<FilledForm> {
  const asked = await formFields(template, "xlsx");
  const book = await workbook(template);
  book.eachSheet((sheet) => {
    // From below, so that rows that are added don't shift those still to come.
    for (let at = sheet.rowCount; at >= 1; at--) fillRow(sheet, at, values);
  });
  const bytes = steadyZip(new Uint8Array(await book.xlsx.writeBuffer()));
  return { bytes, empty: emptyFields(asked, values), unknown: unknownFields(asked) };
}

function fillRow(sheet: ExcelJS.Worksheet, at: number, { fields, lists }: FormValues): void {
  const row = sheet.getRow(at);
  const texts: [column: number, text: string][] = [];
  let list: ListName | undefined;
  row.eachCell((cell, column) => {
    const text = textOf(cell);
    if (!text.includes("{")) return;
    texts.push([column, text]);
    for (const [, name] of placeholders(text)) if (name !== undefined && isList(name)) list ??= name;
  });
  if (texts.length === 0) return;
  const rows: readonly FormRow[] = list === undefined ? [{}] : lists[list].length === 0 ? [{}] : lists[list];
  if (rows.length > 1) repeatRow(sheet, at, rows.length - 1);
  rows.forEach((values, i) => {
    const target = sheet.getRow(at + i);
    let lines = 1;
    for (const [column, text] of texts) {
      const cell = target.getCell(column);
      const value = filled(text, fields, values);
      cell.value = value;
      if (!cell.isMerged) lines = Math.max(lines, linesIn(String(value), sheet.getColumn(column).width ?? 10));
    }
    if (list !== undefined) target.height = Math.max(20, lines * 14 + 6);
  });
}

/** Adds copies of a row below it. exceljs leaves merged ranges further down where they were, so they are moved here. */
function repeatRow(sheet: ExcelJS.Worksheet, at: number, copies: number): void {
  const { merges } = sheet.model as unknown as { merges: readonly string[] };
  const below = merges.flatMap((range) => {
    const match = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range);
    return match && Number(match[2]) > at ? [match] : [];
  });
  for (const [range] of below) sheet.unMergeCells(range);
  sheet.duplicateRow(at, copies, true);
  for (const [, left, top, right, bottom] of below)
    sheet.mergeCells(`${left!}${Number(top) + copies}:${right!}${Number(bottom) + copies}`);
}

function filled(text: string, fields: FormRow, row: FormRow): string | number {
  const valueOf = (list: string | undefined, field: string): FormValue | undefined =>
    list === undefined ? (fields[field] ?? { text: BLANK }) : row[field];
  const [only] = placeholders(text);
  if (only?.[0] === text) {
    const value = valueOf(only[1], only[2]!);
    return value?.number ?? value?.text ?? "";
  }
  return text.replace(PLACEHOLDER, (_, list: string | undefined, field: string) => valueOf(list, field)?.text ?? "");
}
