import { invalidArgument } from "../host-error.js";
import { HostObject, type ScalarSpec, type TypeSpec } from "../host-object.js";
import { setStyle } from "../grid.js";
import type { Json } from "../wire.js";
import { rowAt, styleAt } from "../workbook-model.js";
import { asJson, asNumber } from "./json-values.js";
import type { RangeTarget } from "./range-target.js";
import { at, withValue } from "./tree.js";

/** Formats of ranges: trees that every cell of the range has, read as null where the cells differ. */

interface FormatNode {
  readonly range: RangeTarget;
  readonly path: readonly string[];
}

const STANDARD_WIDTH = 48;
const STANDARD_HEIGHT = 15;

function scalar(name: string, initial: Json): ScalarSpec<FormatNode> {
  return {
    get: ({ range, path }) => common(range, [...path, name], initial),
    set: ({ range, path }, value) => {
      setAll(range, [...path, name], asJson(value));
    },
  };
}

function common(range: RangeTarget, path: readonly string[], initial: Json): Json {
  const { sheet, area } = range;
  let seen: Json | undefined;
  for (let i = 0; i < Math.max(1, range.touchedRows); i += 1) {
    for (let j = 0; j < area.columns; j += 1) {
      const value = at(styleAt(sheet, area.row + i, area.column + j), path) ?? initial;
      if (seen === undefined) seen = value;
      else if (seen !== value) return null;
    }
  }
  return seen ?? initial;
}

function setAll(range: RangeTarget, path: readonly string[], value: Json): void {
  const { book, sheet, area } = range;
  book.assertAllowed(sheet, "allowFormatCells");
  for (let i = 0; i < range.touchedRows; i += 1) {
    for (let j = 0; j < area.columns; j += 1) {
      const style = styleAt(sheet, area.row + i, area.column + j);
      setStyle(sheet, area.row + i, area.column + j, withValue(style, path, value));
    }
  }
}

const child =
  (spec: TypeSpec<FormatNode>, name: string) =>
  ({ range, path }: FormatNode): HostObject =>
    HostObject.of(spec, { range, path: [...path, name] });

const FILL: TypeSpec<FormatNode> = {
  name: "RangeFill",
  scalars: {
    color: scalar("color", "#FFFFFF"),
    pattern: scalar("pattern", "None"),
    tintAndShade: scalar("tintAndShade", 0),
  },
  methods: {
    clear: ({ range, path }) => {
      setAll(range, path, {});
      return undefined;
    },
  },
};

const FONT: TypeSpec<FormatNode> = {
  name: "RangeFont",
  scalars: {
    bold: scalar("bold", false),
    italic: scalar("italic", false),
    underline: scalar("underline", "None"),
    strikethrough: scalar("strikethrough", false),
    color: scalar("color", "#000000"),
    name: scalar("name", "Calibri"),
    size: scalar("size", 11),
  },
};

const PROTECTION: TypeSpec<FormatNode> = {
  name: "FormatProtection",
  scalars: { locked: scalar("locked", true), formulaHidden: scalar("formulaHidden", false) },
};

const BORDER: TypeSpec<FormatNode> = {
  name: "RangeBorder",
  scalars: {
    color: scalar("color", "#000000"),
    style: scalar("style", "None"),
    weight: scalar("weight", "Thin"),
    sideIndex: { get: ({ path }) => path.at(-1) ?? "" },
  },
};

const SIDES = [
  "EdgeTop",
  "EdgeBottom",
  "EdgeLeft",
  "EdgeRight",
  "InsideVertical",
  "InsideHorizontal",
  "DiagonalDown",
  "DiagonalUp",
];

const BORDERS: TypeSpec<FormatNode> = {
  name: "RangeBorderCollection",
  items: (node) => SIDES.map((side) => child(BORDER, side)(node)),
  item: (node, side) => {
    if (typeof side !== "string" || !SIDES.includes(side)) throw invalidArgument();
    return child(BORDER, side)(node);
  },
};

const FORMAT: TypeSpec<FormatNode> = {
  name: "RangeFormat",
  scalars: {
    horizontalAlignment: scalar("horizontalAlignment", "General"),
    verticalAlignment: scalar("verticalAlignment", "Bottom"),
    wrapText: scalar("wrapText", false),
    indentLevel: scalar("indentLevel", 0),
    shrinkToFit: scalar("shrinkToFit", false),
    textOrientation: scalar("textOrientation", 0),
    readingOrder: scalar("readingOrder", "Context"),
    columnWidth: {
      get: ({ range }) => same(columns(range).map((column) => range.sheet.columns[column]?.width ?? STANDARD_WIDTH)),
      set: ({ range }, value) => {
        range.book.assertAllowed(range.sheet, "allowFormatColumns");
        setWidths(range, asNumber(value));
      },
    },
    rowHeight: {
      get: ({ range }) => same(rows(range).map((row) => range.sheet.rows[row]?.height ?? STANDARD_HEIGHT)),
      set: ({ range }, value) => {
        range.book.assertAllowed(range.sheet, "allowFormatRows");
        const height = asNumber(value);
        for (const row of rows(range)) rowAt(range.sheet, row).height = height;
      },
    },
  },
  children: {
    fill: child(FILL, "fill"),
    font: child(FONT, "font"),
    borders: child(BORDERS, "borders"),
    protection: child(PROTECTION, "protection"),
  },
  methods: {
    autofitColumns: ({ range }) => {
      for (const column of columns(range))
        range.sheet.columns[column] = { ...range.sheet.columns[column], width: fitted(range, column) };
      return undefined;
    },
    autofitRows: () => undefined,
  },
};

function columns({ area }: RangeTarget): number[] {
  return Array.from({ length: Math.min(area.columns, 1024) }, (_, j) => area.column + j);
}

function rows(range: RangeTarget): number[] {
  return Array.from({ length: range.touchedRows }, (_, i) => range.area.row + i);
}

function same(values: readonly number[]): number | null {
  return values.every((value) => value === values[0]) ? (values[0] ?? null) : null;
}

function setWidths(range: RangeTarget, width: number): void {
  for (const column of columns(range)) range.sheet.columns[column] = { ...range.sheet.columns[column], width };
}

/** About what the longest text needs, in points. */
function fitted(range: RangeTarget, column: number): number {
  const widths = rows(range).map((row) => textWidth(range.book.textAt(range.sheet, row, column)));
  return Math.min(400, Math.max(STANDARD_WIDTH / 2, ...widths));
}

function textWidth(text: string): number {
  let width = 6;
  for (const char of text) width += char > "\u2e80" ? 11 : 5.5;
  return width;
}

export function rangeFormat(range: RangeTarget): HostObject {
  return HostObject.of(FORMAT, { range, path: [] });
}
