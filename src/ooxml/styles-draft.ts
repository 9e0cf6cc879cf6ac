import type { Look } from "./pages/page.js";
import { qualified } from "./dialect.js";
import type { PackageDraft } from "./package.js";
import type { CellFormat, Styles } from "./styles.js";
import { TextPatch } from "./xml/patch.js";
import { attribute, child, childrenNamed, flag, parseXml, type XmlElement } from "./xml/tree.js";

/** Formats of whole pages; 3 is the built-in `#,##0`. */
const LOOK_FORMATS: Record<NonNullable<Look["format"]>, number | string> = {
  integer: 3,
  decimal: "0.0",
  percent: "0.0%",
  money: 4,
  datetime: "yyyy-mm-dd hh:mm",
};
const DATE = "yyyy-mm-dd";
const DATETIME = "yyyy-mm-dd hh:mm";
/** Built-in formats (ECMA-376 part 1, §18.8.30): 0 General, 4 `#,##0.00`, 49 `@`. */
const GENERAL = 0;
const MONEY = 4;
const TEXT = 49;

const STYLESHEET_ORDER = [
  "numFmts",
  "fonts",
  "fills",
  "borders",
  "cellStyleXfs",
  "cellXfs",
  "cellStyles",
  "dxfs",
  "tableStyles",
  "colors",
  "extLst",
];

/** By kind of value, then by the format a new one is based on. */
function byFormat(): Record<CellFormat, Map<number, number>> {
  return {
    text: new Map(),
    quoted: new Map(),
    general: new Map(),
    money: new Map(),
    date: new Map(),
    datetime: new Map(),
  };
}

/** Cell and differential formats added to a workbook; each is made once and only if something asks for it. */
export class StylesDraft {
  private readonly derived = byFormat();
  private readonly kept = byFormat();
  private readonly formats: string[] = [];
  private readonly numberFormats = new Map<string, number>();
  private readonly differentials: string[] = [];
  private readonly firstDifferential: number;
  private readonly looks = new Map<string, number>();
  private readonly pieces = { fonts: [] as string[], fills: [] as string[], borders: [] as string[] };

  constructor(readonly base: Styles) {
    this.firstDifferential = childrenNamed(child(base.document?.root, "dxfs"), "dxf").length;
  }

  /** A format like `index` but fit for a value of this kind: font, fill, border, alignment and protection go on. */
  like(index: number, format: CellFormat): number {
    const known = this.derived[format];
    let found = known.get(index);
    if (found === undefined) {
      found = this.derive(index, format);
      known.set(index, found);
    }
    return found;
  }

  /** The format of a cell that is written over: the user's own number format stays if it can show the value. */
  keeping(index: number, format: CellFormat): number {
    const known = this.kept[format];
    let found = known.get(index);
    if (found === undefined) {
      const current = this.base.numberFormat(index);
      const unfit =
        format === "quoted"
          ? !this.quotes(index)
          : format !== "text" && format !== "general" && (current === GENERAL || current === TEXT);
      found = unfit || (this.quotes(index) && format !== "quoted") ? this.like(index, format) : index;
      known.set(index, found);
    }
    return found;
  }

  /** Index of a new differential format, e.g. for conditional formatting. `markup` is its content, without prefix. */
  addDifferential(content: string): number {
    this.differentials.push(content);
    return this.firstDifferential + this.differentials.length - 1;
  }

  /** Index of the format that looks like this; one that the workbook has already is used again. */
  look(look: Look): number {
    const key = JSON.stringify(look);
    let found = this.looks.get(key);
    if (found === undefined) {
      found = this.makeLook(look);
      this.looks.set(key, found);
    }
    return found;
  }

  private makeLook(look: Look): number {
    const color = (value: string | undefined): string => `<color rgb="${value ?? "FF000000"}"/>`;
    const font = this.piece(
      "fonts",
      `<font>${look.bold ? "<b/>" : ""}<sz val="${look.size}"/>${color(look.color)}<name val="${look.font}"/><family val="3"/><charset val="134"/></font>`,
    );
    const fill =
      look.fill === undefined
        ? 0
        : this.piece(
            "fills",
            `<fill><patternFill patternType="solid"><fgColor rgb="${look.fill}"/><bgColor indexed="64"/></patternFill></fill>`,
          );
    const line = (name: string, value: string | undefined): string =>
      value === undefined ? `<${name}/>` : `<${name} style="thin">${color(value)}</${name}>`;
    const { box, underline = box } = look;
    const border =
      underline === undefined
        ? 0
        : this.piece(
            "borders",
            `<border>${line("left", box)}${line("right", box)}${line("top", box)}${line("bottom", underline)}<diagonal/></border>`,
          );
    const format = look.format === undefined ? GENERAL : LOOK_FORMATS[look.format];
    const number = typeof format === "number" ? format : this.custom(format);
    const alignment =
      (look.horizontal === undefined ? "" : ` horizontal="${look.horizontal}"`) +
      ` vertical="${look.vertical ?? "center"}"${look.wrap ? ' wrapText="1"' : ""}`;
    const markup = this.prefixed(
      `<xf numFmtId="${number}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment${alignment}/></xf>`,
    );
    const present = this.base.indexOf(markup);
    if (present >= 0) return present;
    this.formats.push(markup);
    return Math.max(1, this.base.count) + this.formats.length - 1;
  }

  /** A font, fill or border by its markup: the one that is there, or a new one. */
  private piece(list: "fonts" | "fills" | "borders", content: string): number {
    const markup = this.prefixed(content);
    const present = this.indexIn(list, markup);
    if (present >= 0) return present;
    const added = this.pieces[list];
    if (!added.includes(markup)) added.push(markup);
    const before = this.base.document
      ? (child(this.base.document.root, list)?.children.length ?? 0)
      : FRESH[list].length;
    return before + added.indexOf(markup);
  }

  private indexIn(list: keyof typeof FRESH, markup: string): number {
    const { document } = this.base;
    const present = child(document?.root, list)?.children ?? [];
    return present.findIndex((element) => document!.text.slice(element.start, element.end) === markup);
  }

  private prefixed(markup: string): string {
    return this.prefix === "" ? markup : markup.replace(/<(\/?)(\w)/g, `<$1${this.prefix}:$2`);
  }

  private quotes(index: number): boolean {
    const format = this.base.format(index);
    return format !== undefined && flag(format, "quotePrefix");
  }

  private derive(index: number, format: CellFormat): number {
    const number = this.numberFormatFor(format, this.base.numberFormat(index));
    if (
      number === this.base.numberFormat(index) &&
      this.quotes(index) === (format === "quoted") &&
      index < Math.max(1, this.base.count)
    )
      return index;
    const markup =
      this.base.markup(index) ?? `<${this.name("xf")} numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`;
    const { root } = parseXml(markup, "xl/styles.xml");
    const patch = new TextPatch(markup);
    patch.setAttribute(root, "numFmtId", String(number));
    if (number !== GENERAL || attribute(root, "applyNumberFormat") !== undefined)
      patch.setAttribute(root, "applyNumberFormat", "1");
    if (format === "quoted") patch.setAttribute(root, "quotePrefix", "1");
    else patch.removeAttribute(root, "quotePrefix");
    this.formats.push(patch.apply());
    return Math.max(1, this.base.count) + this.formats.length - 1;
  }

  private numberFormatFor(format: CellFormat, current: number): number {
    switch (format) {
      case "text":
      case "quoted":
        return current === TEXT ? TEXT : GENERAL;
      case "general":
        return GENERAL;
      case "money":
        return MONEY;
      case "date":
        return this.custom(DATE);
      case "datetime":
        return this.custom(DATETIME);
    }
  }

  private custom(code: string): number {
    const present = this.base.customFormat(code) ?? this.numberFormats.get(code);
    if (present !== undefined) return present;
    const id = this.base.highestCustomFormat + this.numberFormats.size + 1;
    this.numberFormats.set(code, id);
    return id;
  }

  private get prefix(): string {
    return this.base.document?.root.prefix ?? "";
  }

  private name(local: string): string {
    return qualified(this.prefix, local);
  }

  /** Writes the styles part; true if it had to be made. */
  apply(draft: PackageDraft, part: string, namespace: string): boolean {
    if (this.formats.length === 0 && this.differentials.length === 0) return false;
    const { document } = this.base;
    if (!document) {
      draft.set(part, minimalStyles(namespace, this.numFmts(), this.formats, this.differentials, this.pieces));
      return true;
    }
    const patch = new TextPatch(document.text);
    this.extend(patch, document.root, "numFmts", this.numFmts());
    this.extend(patch, document.root, "fonts", this.pieces.fonts);
    this.extend(patch, document.root, "fills", this.pieces.fills);
    this.extend(patch, document.root, "borders", this.pieces.borders);
    const hasFormats = this.base.count > 0;
    this.extend(
      patch,
      document.root,
      "cellXfs",
      hasFormats ? this.formats : [`<${this.name("xf")}/>`, ...this.formats],
    );
    this.extend(
      patch,
      document.root,
      "dxfs",
      this.differentials.map((content) => wrapDifferential(content, this.prefix)),
    );
    draft.set(part, patch.apply());
    return false;
  }

  private numFmts(): string[] {
    return [...this.numberFormats].map(
      ([code, id]) => `<${this.name("numFmt")} numFmtId="${id}" formatCode="${code}"/>`,
    );
  }

  private extend(patch: TextPatch, root: XmlElement, list: string, items: readonly string[]): void {
    if (items.length === 0) return;
    const element = child(root, list);
    if (element) {
      const present = list === "cellXfs" ? this.base.count : element.children.length;
      patch.setAttribute(element, "count", String(present + items.length));
      patch.append(element, items.join(""));
    } else {
      const name = this.name(list);
      patch.insertInOrder(root, list, `<${name} count="${items.length}">${items.join("")}</${name}>`, STYLESHEET_ORDER);
    }
  }
}

function wrapDifferential(content: string, prefix: string): string {
  const name = qualified(prefix, "dxf");
  const inner = prefix === "" ? content : content.replace(/<(\/?)(\w)/g, `<$1${prefix}:$2`);
  return `<${name}>${inner}</${name}>`;
}

/** What a stylesheet made by us begins with. */
const FRESH = {
  fonts: ['<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'],
  fills: ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>'],
  borders: ["<border><left/><right/><top/><bottom/><diagonal/></border>"],
} as const;

function minimalStyles(
  namespace: string,
  numFmts: readonly string[],
  formats: readonly string[],
  differentials: readonly string[],
  pieces: Readonly<Record<"fonts" | "fills" | "borders", readonly string[]>>,
): string {
  const plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"';
  const list = (name: string, items: readonly string[]): string =>
    items.length === 0 ? "" : `<${name} count="${items.length}">${items.join("")}</${name}>`;
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="${namespace}">` +
    list("numFmts", numFmts) +
    list("fonts", [...FRESH.fonts, ...pieces.fonts]) +
    list("fills", [...FRESH.fills, ...pieces.fills]) +
    list("borders", [...FRESH.borders, ...pieces.borders]) +
    `<cellStyleXfs count="1">${plain}/></cellStyleXfs>` +
    list("cellXfs", [`${plain} xfId="0"/>`, ...formats]) +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
    list(
      "dxfs",
      differentials.map((content) => wrapDifferential(content, "")),
    ) +
    "</styleSheet>"
  );
}
