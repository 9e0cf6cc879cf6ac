import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** Workbooks that are too much of something: each has to be done with, or refused, in seconds and within a gigabyte. */

type Parts = Record<string, Uint8Array>;

export interface Giant {
  readonly name: string;
  readonly make: (ledger: Uint8Array) => Uint8Array;
}

const SHEET = "xl/worksheets/sheet1.xml";
const STYLES = "xl/styles.xml";
const WORKBOOK = "xl/workbook.xml";
const STRINGS = "xl/sharedStrings.xml";

const zipped = (parts: Parts): Uint8Array => zipSync(parts, { level: 1 });

/** A part with something put in the place of what a pattern finds first. */
const edited =
  (part: string, pattern: RegExp, next: (found: string) => string) =>
  (ledger: Uint8Array): Uint8Array => {
    const parts = unzipSync(ledger);
    const text = strFromU8(parts[part]!);
    if (!pattern.test(text)) throw new Error(`${part} has no ${String(pattern)}`);
    parts[part] = strToU8(text.replace(pattern, next));
    return zipped(parts);
  };

const many = (n: number, one: (i: number) => string): string => {
  const texts: string[] = [];
  for (let i = 0; i < n; i++) texts.push(one(i));
  return texts.join("");
};

const attributes = (n: number) => many(n, (i) => ` a${i}="1"`);
const MILLION = 1_000_000;

/** A zip whose entries all point to the same bytes. */
function overlapping(ledger: Uint8Array): Uint8Array {
  const bytes = ledger.slice();
  const view = new DataView(bytes.buffer);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    view.setUint32(at + 42, 0, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}

/** A part of two gigabytes of blanks, two megabytes packed. */
function twoGigabytes(ledger: Uint8Array): Uint8Array {
  const block = strToU8(" ".repeat(64 * 1024 * 1024));
  const parts = unzipSync(ledger);
  parts[SHEET] = block;
  const bytes = zipSync(parts, { level: 9 });
  const view = new DataView(bytes.buffer);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; i--) {
    const length = view.getUint16(at + 28, true);
    const name = strFromU8(bytes.subarray(at + 46, at + 46 + length));
    if (name === SHEET) {
      // As much as the format lets a part of this size claim.
      view.setUint32(at + 24, Math.min(2 ** 31, view.getUint32(at + 20, true) * 1032), true);
    }
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}

const dtd = (part: string): Giant => ({
  name: `a document type behind ten kilobytes of comment in ${part}`,
  make: (ledger) => {
    const parts = unzipSync(ledger);
    const text = strFromU8(parts[part]!);
    const declaration = `<!--${Array.from({ length: 10_000 }, (_, i) => String.fromCharCode(97 + ((i * i) % 26))).join("")}--><!DOCTYPE x [<!ENTITY e "boom">]>`;
    const at = text.startsWith("<?xml") ? text.indexOf("?>") + 2 : 0;
    parts[part] = strToU8(text.slice(0, at) + declaration + text.slice(at));
    return zipped(parts);
  },
});

const badUtf8 = (part: string): Giant => ({
  name: `bytes that are no UTF-8 in ${part}`,
  make: (ledger) => {
    const parts = unzipSync(ledger);
    const bytes = parts[part]!;
    const at = strFromU8(bytes, true).indexOf("<", bytes.length >> 1);
    parts[part] = new Uint8Array([...bytes.subarray(0, at), 0xc3, 0x28, 0xff, ...bytes.subarray(at)]);
    return zipped(parts);
  },
});

export const GIANTS: readonly Giant[] = [
  { name: "100,000 attributes on a row", make: edited(SHEET, /<row /, () => `<row${attributes(100_000)} `) },
  {
    name: "100,000 attributes on the sheet",
    make: edited(SHEET, /<worksheet /, () => `<worksheet${attributes(100_000)} `),
  },
  {
    name: "100,000 attributes on the workbook",
    make: edited(WORKBOOK, /<workbook /, () => `<workbook${attributes(100_000)} `),
  },
  {
    name: "100,000 namespaces on the workbook",
    make: edited(WORKBOOK, /<workbook /, () => `<workbook${many(100_000, (i) => ` xmlns:n${i}="u${i}"`)} `),
  },
  {
    name: "200,000 unclosed tags in the sheet",
    make: edited(SHEET, /<sheetData>/, () => `${"<a>".repeat(200_000)}<sheetData>`),
  },
  {
    name: "200,000 unclosed tags in a row",
    make: edited(SHEET, /<row [^>]*>/, (found) => `${found}${"<a>".repeat(200_000)}`),
  },
  {
    name: "200,000 unclosed tags in the workbook",
    make: edited(WORKBOOK, /<sheets>/, () => `${"<a>".repeat(200_000)}<sheets>`),
  },
  {
    name: "200,000 unclosed tags in the styles",
    make: edited(STYLES, /<cellXfs /, () => `${"<a>".repeat(200_000)}<cellXfs `),
  },
  {
    name: "200,000 unclosed comments",
    make: edited(SHEET, /<sheetData>/, () => `${"<!-- ".repeat(200_000)}<sheetData>`),
  },
  {
    name: "an attribute of 50 MB in the sheet",
    make: edited(SHEET, /<row /, () => `<row x="${"y".repeat(50_000_000)}" `),
  },
  {
    name: "an attribute of 50 MB in the workbook",
    make: edited(WORKBOOK, /<workbook /, () => `<workbook x="${"y".repeat(50_000_000)}" `),
  },
  {
    name: "an attribute of 50 MB without end",
    make: edited(SHEET, /<row /, () => `<row x="${"y".repeat(50_000_000)}`),
  },
  {
    name: "a million merges",
    make: edited(
      SHEET,
      /<\/sheetData>/,
      (found) =>
        `${found}<mergeCells count="${MILLION}">${many(MILLION, (i) => `<mergeCell ref="KA${i + 1}:KB${i + 1}"/>`)}</mergeCells>`,
    ),
  },
  {
    name: "a million overlapping merges",
    make: edited(
      SHEET,
      /<\/sheetData>/,
      (found) => `${found}<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(MILLION)}</mergeCells>`,
    ),
  },
  { name: "a part of two gigabytes", make: twoGigabytes },
  { name: "zip entries that overlap", make: overlapping },
  {
    name: "64,000 styles",
    make: edited(
      STYLES,
      /<cellXfs [^>]*>/,
      (found) => found + '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'.repeat(64_000),
    ),
  },
  {
    name: "64,000 fonts",
    make: edited(
      STYLES,
      /<fonts [^>]*>/,
      (found) => found + many(64_000, (i) => `<font><sz val="${(i % 400) + 1}"/><name val="f${i}"/></font>`),
    ),
  },
  {
    name: "a million names",
    make: edited(
      WORKBOOK,
      /<\/sheets>/,
      (found) =>
        `${found}<definedNames>${many(MILLION, (i) => `<definedName name="n${i}">1</definedName>`)}</definedNames>`,
    ),
  },
  {
    name: "100,000 sheets that are not there",
    make: edited(
      WORKBOOK,
      /<sheets>/,
      (found) => found + many(100_000, (i) => `<sheet name="s${i}" sheetId="${i + 100}" r:id="none${i}"/>`),
    ),
  },
  {
    name: "100,000 sheets that are one",
    make: edited(
      WORKBOOK,
      /<sheets>(<sheet [^>]*\/>)/,
      (found) =>
        found +
        many(100_000, (i) => `<sheet name="s${i}" sheetId="${i + 100}" r:id="${/r:id="([^"]+)"/.exec(found)![1]!}"/>`),
    ),
  },
  {
    name: "a million strings",
    make: edited(STRINGS, /<\/sst>/, (found) => many(MILLION, (i) => `<si><t>t${i}</t></si>`) + found),
  },
  {
    name: "a text of a million runs",
    make: edited(STRINGS, /<si>/, () => `<si>${"<r><t>x</t></r>".repeat(MILLION)}</si><si>`),
  },
  {
    name: "a million columns",
    make: edited(
      SHEET,
      /<sheetData>/,
      (found) => `<cols>${'<col min="1" max="16384" width="9"/>'.repeat(MILLION)}</cols>${found}`,
    ),
  },
  {
    name: "a million rules of validation",
    make: edited(
      SHEET,
      /<\/sheetData>/,
      (found) =>
        `${found}<dataValidations>${'<dataValidation type="list" sqref="A1:XFD1048576"><formula1>"x"</formula1></dataValidation>'.repeat(MILLION / 4)}</dataValidations>`,
    ),
  },
  {
    name: "a million conditional formats",
    make: edited(
      SHEET,
      /<\/sheetData>/,
      (found) =>
        found +
        '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>'.repeat(
          MILLION / 4,
        ),
    ),
  },
  {
    name: "a million cells in one place",
    make: edited(SHEET, /<row [^>]*>/, (found) => found + '<c r="A1"><v>1</v></c>'.repeat(MILLION)),
  },
  {
    name: "100,000 levels of elements",
    make: edited(
      WORKBOOK,
      /<\/sheets>/,
      (found) => `${found}<extLst>${"<ext>".repeat(100_000)}${"</ext>".repeat(100_000)}</extLst>`,
    ),
  },
  ...[SHEET, STYLES, WORKBOOK, STRINGS, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"].map(dtd),
  ...[SHEET, STYLES, WORKBOOK, STRINGS].map(badUtf8),
];
