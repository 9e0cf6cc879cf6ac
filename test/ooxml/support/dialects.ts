import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** A workbook as “Strict Open XML Spreadsheet”, as Excel saves one: other namespaces everywhere, and dates as ISO texts. */

const NAMESPACES: readonly (readonly [RegExp, string])[] = [
  [
    /http:\/\/schemas\.openxmlformats\.org\/spreadsheetml\/2006\/main/g,
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
  ],
  [
    /http:\/\/schemas\.openxmlformats\.org\/officeDocument\/2006\/(relationships|customXml|extended-properties|custom-properties|docPropsVTypes)/g,
    "http://purl.oclc.org/ooxml/officeDocument/$1",
  ],
  [/http:\/\/schemas\.openxmlformats\.org\/drawingml\/2006\//g, "http://purl.oclc.org/ooxml/drawingml/"],
];

/** What no part of a strict workbook may name. */
export const TRANSITIONAL = /http:\/\/schemas\.openxmlformats\.org\/(?:spreadsheetml|officeDocument|drawingml)\//;

export function toStrict(bytes: Uint8Array): Uint8Array {
  const parts = unzipSync(bytes);
  const dates = dateStyles(strFromU8(parts["xl/styles.xml"] ?? new Uint8Array()));
  const strict = Object.entries(parts).map(([name, content]): [string, Uint8Array] => {
    if (!/\.(?:xml|rels)$/.test(name)) return [name, content];
    let text = strFromU8(content);
    for (const [from, to] of NAMESPACES) text = text.replaceAll(from, to);
    if (name === "xl/workbook.xml") text = text.replace("<workbook ", '<workbook conformance="strict" ');
    if (name.startsWith("xl/worksheets/")) text = withIsoDates(text, dates);
    return [name, strToU8(text)];
  });
  return zipSync(Object.fromEntries(strict));
}

/** Numbers of the cell formats that show a date. */
function dateStyles(styles: string): ReadonlySet<string> {
  const own = [...styles.matchAll(/<numFmt [^>]*numFmtId="(\d+)"[^>]*formatCode="([^"]*)"/g)].filter(([, , code]) =>
    /y/i.test(code!),
  );
  const ids = new Set(["14", "22", ...own.map(([, id]) => id!)]);
  const formats = /<cellXfs[^>]*>([\s\S]*?)<\/cellXfs>/.exec(styles)?.[1] ?? "";
  return new Set(
    [...formats.matchAll(/<xf [^>]*numFmtId="(\d+)"/g)].flatMap(([, id], i) => (ids.has(id!) ? [String(i)] : [])),
  );
}

function withIsoDates(sheet: string, dates: ReadonlySet<string>): string {
  return sheet.replace(/<c r="(\w+)" s="(\d+)"><v>([\d.]+)<\/v><\/c>/g, (cell, at: string, style: string, v: string) =>
    dates.has(style) ? `<c r="${at}" s="${style}" t="d"><v>${serialToIso(Number(v))}</v></c>` : cell,
  );
}

function serialToIso(serial: number): string {
  const text = new Date(Math.round((serial - 25_569) * 86_400) * 1000).toISOString().slice(0, 19);
  return Number.isInteger(serial) ? text.slice(0, 10) : text;
}
