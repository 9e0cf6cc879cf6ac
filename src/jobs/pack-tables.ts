import type { Language } from "../locales/language.js";
import { canonicalJson } from "../rules/canonical-json.js";
import type { Pack } from "../rules/pack.js";
import { packOfSheets, plainName, problemsOnSheets, sheetsOfPack, type ReadPack } from "../rules-sheets/pack-sheets.js";
import { bilingual, sheetsText, type SheetProblem } from "../rules-sheets/problem.js";
import type { SheetGrid, SheetTable } from "../rules-sheets/table.js";
import { columnLetters } from "../ooxml/references.js";
import type { PackTexts } from "./catalogue.js";
import { checked } from "./loaded-packs.js";
import { packFiles, unpackFiles } from "./packed-files.js";

/**
 * A pack as sheets, and back. Beside the sheets for people a hidden one, 原件, carries the files they were made from: their
 * layout, which no table can show, and the learned weights, which nobody edits.
 */

export const ORIGINAL_NAME = "原件";
/** Excel's cells hold 32,767 characters. */
const CHUNK = 30_000;

/** The sheets of a pack, 原件 the last. */
export function packTables(files: PackTexts): SheetTable[] {
  const packed = packFiles(files);
  const rows: string[][] = [];
  for (let at = 0; at < packed.length; at += CHUNK) rows.push([packed.slice(at, at + CHUNK)]);
  const original: SheetTable = {
    name: ORIGINAL_NAME,
    about: bilingual("about.original"),
    columns: [{ header: ORIGINAL_NAME, note: bilingual("about.original"), width: 40, format: "text" }],
    rows,
    hidden: true,
  };
  return [...sheetsOfPack(new Map(Object.entries(files))), original];
}

/** A pack that was read from sheets and has passed the loader, or what is wrong and where. */
export type PackReading =
  | {
      readonly kind: "read";
      readonly id: string;
      readonly files: PackTexts;
      readonly pack: Pack;
      /** The files that the sheets were made from. */
      readonly before: PackTexts;
      readonly read: ReadPack;
    }
  | { readonly kind: "problems"; readonly problems: readonly SheetProblem[] };

/** Reads a pack from sheets. The files come only if nothing at all is wrong. */
export async function packFromSheets(grids: readonly SheetGrid[]): Promise<PackReading> {
  const before = originalOf(grids);
  if (!before) {
    const there = grids.some(({ name }) => plainName(name) === ORIGINAL_NAME);
    const text = there ? bilingual("fault.original") : bilingual("fault.sheet", { sheet: ORIGINAL_NAME });
    return { kind: "problems", problems: [{ sheet: ORIGINAL_NAME, row: 0, column: 0, header: "", value: "", text }] };
  }
  const read = packOfSheets(grids, new Map(Object.entries(before)));
  if ("problems" in read) return { kind: "problems", problems: read.problems };
  const files = inOrder(Object.fromEntries(read.texts), before);
  const result = await checked(read.id, files);
  if ("problems" in result) return { kind: "problems", problems: problemsOnSheets(read, result.problems) };
  return { kind: "read", id: read.id, files, pack: result.pack, before, read };
}

/** The sheets hold a pack of ours. */
export function holdsPack(grids: readonly SheetGrid[]): boolean {
  return grids.some(({ name }) => plainName(name) === ORIGINAL_NAME);
}

function originalOf(grids: readonly SheetGrid[]): PackTexts | undefined {
  const grid = grids.find(({ name }) => plainName(name) === ORIGINAL_NAME);
  const text = grid?.rows
    .slice(1)
    .map(([cell]) => (typeof cell === "string" ? cell : ""))
    .join("");
  return text === undefined || text === "" ? undefined : unpackFiles(text);
}

/** Files in the order in which they came, new ones after them: the order is part of what a pack is known again by. */
function inOrder(files: PackTexts, before: PackTexts): PackTexts {
  const paths = [...Object.keys(before), ...Object.keys(files)].filter((path, i, all) => all.indexOf(path) === i);
  return Object.fromEntries(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, files[path]] as const])));
}

/** Whether two packs' files are the same to the byte. */
export function sameFiles(a: PackTexts, b: PackTexts): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** One line for people: sheet, cell, value, what is wrong and how to mend it. */
export function sheetProblemText({ sheet, row, column, value, text }: SheetProblem, language: Language): string {
  const cell =
    row === 0
      ? ""
      : column === 0
        ? ` ${sheetsText(language, "place.row", { row })}`
        : ` ${columnLetters(column)}${row}`;
  const shown = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  const quoted =
    shown === "" ? "" : language === "zh" ? `“${shown.replaceAll("\n", " ")}”` : ` “${shown.replaceAll("\n", " ")}”`;
  return sheetsText(language, "fault.one", { sheet, cell, value: quoted, text: text[language] });
}

/** Characters of a cell that a line repeats. */
const SHOWN = 40;
