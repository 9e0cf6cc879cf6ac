import { strFromU8, unzipSync } from "fflate";

/**
 * What a run may not take from anybody's workbook, found apart from our own reader and writer by looking at the parts
 * themselves: cells with their formulas and formats, rows and columns, filters, validations, names, drawings, printing.
 */

type Parts = Readonly<Record<string, Uint8Array>>;

/** Parts that a run writes into; what they held is compared piece by piece, every other part byte by byte. */
const WRITTEN_INTO =
  /^xl\/(?:workbook\.xml|styles\.xml|sharedStrings\.xml|worksheets\/[^/]+\.xml|tables\/[^/]+\.xml)$|\.rels$|^\[Content_Types\]\.xml$|^docProps\/|calcChain\.xml$|^customXml\//iu;
/** Elements of a sheet beside its cells; each piece of them is still there. */
const SHEET_ELEMENTS = [
  ...["sheetProtection", "protectedRanges", "scenarios", "autoFilter", "mergeCells", "phoneticPr", "dataValidations"],
  ...["hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"],
  ...["drawing", "legacyDrawing", "picture", "oleObjects", "controls", "sheetPr"],
];

/** What of `before` is lost or changed in `after`, a line for each; none if all is kept. */
export function lostContent(before: Uint8Array, after: Uint8Array): string[] {
  const [old, now] = [unzipSync(before), unzipSync(after)];
  return [
    ...lostParts(old, now),
    ...lostPieces(
      "xl/workbook.xml",
      pieces(old, "xl/workbook.xml", ["definedName", "sheet"]),
      text(now, "xl/workbook.xml"),
    ),
    ...lostFormats(old, now),
    ...sheetParts(old).flatMap((name) => [...lostCells(name, old, now), ...lostAround(name, old, now)]),
    ...tableParts(old).flatMap((name) => lostColumns(name, old, now)),
  ];
}

function text(parts: Parts, name: string): string {
  const bytes = parts[name];
  if (bytes === undefined) return "";
  const xml = strFromU8(bytes);
  const prefix = /<(\w+:)(?:worksheet|workbook|styleSheet|sst|table)[\s>]/u.exec(xml.slice(0, 2000))?.[1];
  return prefix === undefined ? xml : xml.replaceAll(`<${prefix}`, "<").replaceAll(`</${prefix}`, "</");
}

function lostParts(old: Parts, now: Parts): string[] {
  return Object.keys(old).flatMap((name) => {
    if (name.endsWith("/") || /calcChain\.xml$/u.test(name)) return [];
    const [one, other] = [old[name]!, now[name]];
    if (other === undefined) return [`part ${name} is gone`];
    return WRITTEN_INTO.test(name) || Buffer.from(one).equals(Buffer.from(other)) ? [] : [`part ${name} is changed`];
  });
}

function sheetParts(parts: Parts): string[] {
  return Object.keys(parts).filter((name) => /^xl\/worksheets\/[^/]+\.xml$/iu.test(name));
}

function tableParts(parts: Parts): string[] {
  return Object.keys(parts).filter((name) => /^xl\/tables\/[^/]+\.xml$/iu.test(name));
}

/** Elements of these names, as they are written; a writer that patches leaves them so. */
function pieces(parts: Parts, name: string, elements: readonly string[]): string[] {
  const xml = text(parts, name);
  return elements.flatMap((element) => elementsIn(xml, element));
}

/** Looked for by hand: a lazy expression over megabytes runs out of stack. */
function elementsIn(xml: string, element: string): string[] {
  const found: string[] = [];
  for (let at = xml.indexOf(`<${element}`); at >= 0; at = xml.indexOf(`<${element}`, at + 1)) {
    if (!/[\s/>]/u.test(xml[at + element.length + 1] ?? "")) continue;
    const opened = xml.indexOf(">", at);
    const closing = `</${element}>`;
    const end = xml[opened - 1] === "/" ? opened + 1 : xml.indexOf(closing, opened) + closing.length;
    found.push(xml.slice(at, end));
  }
  return found;
}

function lostPieces(where: string, found: readonly string[], now: string): string[] {
  return found.filter((piece) => !now.includes(piece)).map((piece) => `${where}: ${piece.slice(0, 160)}`);
}

/** Formats keep their numbers: what cells refer to stays where it is. */
function lostFormats(old: Parts, now: Parts): string[] {
  const formats = (parts: Parts): string[] =>
    pieces(parts, "xl/styles.xml", ["cellXfs"]).flatMap((all) => elementsIn(all.slice(1), "xf"));
  const [before, after] = [formats(old), formats(now)];
  const at = before.findIndex((format, i) => format !== after[i]);
  return at < 0 ? [] : [`xl/styles.xml: format ${at} is another one`];
}

interface Cell {
  readonly value: string;
  readonly formula: string;
  readonly style: string;
}

function cellsOf(parts: Parts, name: string): ReadonlyMap<string, Cell> {
  const strings = elementsIn(text(parts, "xl/sharedStrings.xml"), "si").map((item) =>
    item.replace(/^<si[^>]*>/u, "").replace(/<\/si>$/u, ""),
  );
  const cells = new Map<string, Cell>();
  for (const cell of elementsIn(text(parts, name), "c")) {
    const attributes = /^<c([^>]*)>/u.exec(cell)?.[1] ?? "";
    const inner = cell.replace(/^<c[^>]*>/u, "");
    const attribute = (key: string): string => new RegExp(`\\s${key}="([^"]*)"`, "u").exec(attributes)?.[1] ?? "";
    const raw = /<v[^>]*>([\s\S]*?)<\/v>/u.exec(inner)?.[1];
    const inline = /<is>([\s\S]*?)<\/is>/u.exec(inner)?.[1];
    cells.set(attribute("r"), {
      value: inline ?? (attribute("t") === "s" ? (strings[Number(raw)] ?? "") : (raw ?? "")),
      formula: /<f[\s>/][\s\S]*/u.exec(inner)?.[0].replace(/<v[\s\S]*/u, "") ?? "",
      style: attribute("s"),
    });
  }
  return cells;
}

function lostCells(name: string, old: Parts, now: Parts): string[] {
  const after = cellsOf(now, name);
  return [...cellsOf(old, name)].flatMap(([ref, before]) => {
    // A blank cell may be written into: 投诉编号, or an output column that stands already.
    if (before.value === "" && before.formula === "") return [];
    const found = after.get(ref);
    const where = `${name} ${ref}`;
    if (!found) return [`${where} is gone`];
    if (found.value !== before.value) return [`${where}: ${before.value.slice(0, 40)} → ${found.value.slice(0, 40)}`];
    if (found.formula !== before.formula) return [`${where}: formula ${before.formula} → ${found.formula}`];
    return found.style === before.style ? [] : [`${where}: format ${before.style} → ${found.style}`];
  });
}

/** Everything on a sheet beside its cells, and whether rows and columns are hidden or grouped. */
function lostAround(name: string, old: Parts, now: Parts): string[] {
  const after = text(now, name);
  const inner = (element: string): string[] =>
    pieces(old, name, [element]).flatMap((piece) => {
      const children = piece.match(/<(?!\/)[^>]*>/gu) ?? [];
      // Counts may grow; the pieces themselves stay.
      return children.length > 1 ? children.slice(1) : [piece];
    });
  return [
    ...SHEET_ELEMENTS.flatMap((element) => lostPieces(name, inner(element), after)),
    ...lostPieces(name, pieces(old, name, ["conditionalFormatting"]), after),
    ...lostShape(name, "row", text(old, name), after),
    ...hiddenColumns(text(old, name))
      .filter((n) => !hiddenColumns(after).includes(n))
      .map((n) => `${name}: column ${n} shows`),
  ];
}

function lostShape(name: string, element: string, before: string, after: string): string[] {
  const shapes = (xml: string): Map<string, string> =>
    new Map(
      [...xml.matchAll(new RegExp(`<${element}(\\s[^>]*?)/?>`, "gu"))].map(([, attributes = ""]) => [
        / r="(\d+)"/u.exec(attributes)?.[1] ?? "",
        ["hidden", "outlineLevel", "collapsed", "ht", "customHeight"]
          .map((key) => new RegExp(` ${key}="[^"]*"`, "u").exec(attributes)?.[0] ?? "")
          .join(""),
      ]),
    );
  const now = shapes(after);
  return [...shapes(before)].flatMap(([at, shape]) =>
    shape === "" || now.get(at) === shape ? [] : [`${name}: ${element} ${at} was${shape}, is${now.get(at) ?? " gone"}`],
  );
}

function hiddenColumns(xml: string): number[] {
  return [...xml.matchAll(/<col(\s[^>]*?)\/?>/gu)].flatMap(([, attributes = ""]) => {
    if (!/ hidden="(?:1|true)"/u.test(attributes)) return [];
    const bound = (key: string): number => Number(new RegExp(` ${key}="(\\d+)"`, "u").exec(attributes)?.[1] ?? 0);
    // The hidden rest of a sheet, where new columns may come to stand, is no column of anybody's.
    const [from, to] = [bound("min"), bound("max")];
    return to > 1000 ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

/** A table keeps its name, its columns in their order, its filters and its totals row. */
function lostColumns(name: string, old: Parts, now: Parts): string[] {
  const of = (parts: Parts, pattern: RegExp): string[] =>
    [...text(parts, name).matchAll(pattern)].map(([, found = ""]) => found);
  const columns = (parts: Parts): string[] => of(parts, /<tableColumn [^>]*?name="([^"]*)"/gu);
  const after = columns(now);
  // Excel wants a table's columns called as its header cells are: another name is right where the cell says it.
  const cells = new Set(
    sheetParts(old).flatMap((sheet) => [...cellsOf(old, sheet).values()].map(({ value }) => plain(value))),
  );
  const lost = columns(old).filter((column, i) => after[i] !== column && !cells.has(after[i] ?? ""));
  const own = (parts: Parts): string => of(parts, /<table [^>]*? name="([^"]*)"/gu).join();
  return [
    ...lost.map((column) => `${name}: column ${column}`),
    ...(own(old) === own(now) ? [] : [`${name}: ${own(old)} is called ${own(now)}`]),
    ...lostPieces(name, pieces(old, name, ["filterColumn"]), text(now, name)),
  ];
}

function plain(item: string): string {
  return item.replace(/<[^>]*>/gu, "");
}
