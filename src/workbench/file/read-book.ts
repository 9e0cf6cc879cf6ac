import { CellReader } from "../../ooxml/cell-values.js";
import { portableCodec, type Codec } from "../../ooxml/codec.js";
import { customXmlParts } from "../../ooxml/custom-xml.js";
import { formulaOf, shiftedFormula } from "../../ooxml/formulas.js";
import { decodeText, Package } from "../../ooxml/package.js";
import { parseArea } from "../../ooxml/references.js";
import { readSharedStrings } from "../../ooxml/shared-strings.js";
import { frameOf, indexSheet } from "../../ooxml/sheet-index.js";
import type { SheetScanner } from "../../ooxml/sheet-scanner.js";
import { Styles } from "../../ooxml/styles.js";
import { readTables, type TableInfo } from "../../ooxml/tables.js";
import { readWorkbook } from "../../ooxml/workbook-part.js";
import {
  attribute,
  child,
  childrenNamed,
  descendants,
  flag,
  textContent,
  type XmlElement,
} from "../../ooxml/xml/tree.js";
import type { Area } from "../host/address.js";
import {
  addSheet,
  addTable,
  fromSheets,
  put,
  rowAt,
  type CellValue,
  type SheetModel,
  type WorkbookModel,
} from "../host/workbook-model.js";
import type { JsonObject } from "../host/wire.js";
import { numberFormats, unlockedStyles } from "./number-formats.js";

/** A column is this many points wide for each character, with a margin (Calibri 11 at 96 dpi). */
const POINTS_A_CHARACTER = 5.25;
const MARGIN_POINTS = 3.75;

/**
 * A workbook file as the workbench's host holds it: values, formulas, number formats, tables, widths, filters, merges,
 * protection, names and custom XML. Everything else of the file (charts, pictures, fonts, comments …) is not shown, and
 * stays in the file. Throws `WorkbookError`.
 */
export function readBook(bytes: Uint8Array, name: string, codec: Codec = portableCodec): WorkbookModel {
  const from = new Package(bytes, codec);
  const workbook = readWorkbook(from);
  const styles = workbook.styles === undefined ? undefined : from.xml(workbook.styles);
  const strings =
    workbook.sharedStrings === undefined
      ? { texts: [], rich: new Set<number>() }
      : readSharedStrings(from.bytes(workbook.sharedStrings), workbook.sharedStrings);
  // Serials stay as they are stored: the host's workbook has the file's own date system.
  const reader = new CellReader(strings, new Styles(styles), false);
  const formats = { numbers: numberFormats(styles), unlocked: unlockedStyles(styles) };
  const tables = readTables(from, workbook.sheets);
  const model: WorkbookModel = { ...fromSheets([], name), sheets: [], uses1904Dates: workbook.date1904 };
  for (const info of workbook.sheets) {
    const sheet = addSheet(model, info.name);
    sheet.visibility = info.hidden ? "Hidden" : "Visible";
    const reading = new SheetReading(sheet, reader, formats);
    reading.read(from.bytes(info.part), info.part);
    for (const table of tables) {
      if (table.sheet === info) readTable(model, sheet, table, from.xml(table.part).root);
    }
    reading.hideRows();
  }
  if (model.sheets.length === 0) addSheet(model, "Sheet1");
  model.activeSheet = (model.sheets.find(({ visibility }) => visibility === "Visible") ?? model.sheets[0]!).id;
  model.names = childrenNamed(child(from.xml(workbook.part).root, "definedNames"), "definedName").flatMap((element) => {
    const local = attribute(element, "localSheetId") !== undefined;
    const formula = textContent(from.xml(workbook.part), element);
    return local
      ? []
      : [{ name: attribute(element, "name") ?? "", formula: `=${formula}`, visible: true, comment: "" }];
  });
  model.xmlParts = customXmlParts(from, workbook).map((part) => ({ id: part, xml: from.text(part) }));
  return model;
}

interface Formats {
  readonly numbers: readonly string[];
  readonly unlocked: readonly boolean[];
}

const UNLOCKED: JsonObject = { protection: { locked: false } };

class SheetReading {
  private readonly hidden: number[] = [];
  private readonly shared = new Map<string, { row: number; column: number; text: string }>();

  constructor(
    private readonly sheet: SheetModel,
    private readonly reader: CellReader,
    private readonly formats: Formats,
  ) {}

  read(bytes: Uint8Array, part: string): void {
    const index = indexSheet(bytes, part, {
      row: (scanner) => {
        const opening = decodeText(scanner.bytes.subarray(scanner.rowStart, scanner.rowOpenEnd));
        if (/\shidden\s*=\s*["'](?:1|true)["']/.test(opening)) this.hidden.push(scanner.row - 1);
      },
      cell: (scanner) => {
        this.readCell(scanner);
      },
    });
    const { root } = frameOf(index).document;
    this.readFrame(root);
    if (this.sheet.protection) this.unlock(bytes, part);
  }

  /** Once tables and their filters are known. */
  hideRows(): void {
    for (const row of this.hidden) {
      const table = this.sheet.tables.find(
        ({ area, filters }) => row > area.row && row < area.row + area.rows && Object.keys(filters).length > 0,
      );
      if (table) rowAt(this.sheet, row).filtered = true;
      else rowAt(this.sheet, row).hidden = true;
    }
  }

  private readCell(scanner: SheetScanner): void {
    const value = cellValue(this.reader, scanner);
    const formula = this.formula(scanner);
    const format = this.formats.numbers[scanner.style] ?? "General";
    if (value === "" && formula === undefined && format === "General") return;
    const column = scanner.column - 1;
    const row = rowAt(this.sheet, scanner.row - 1);
    if (value !== "") put(row, column, value);
    if (formula !== undefined) (row.formulas ??= {})[column] = `=${formula}`;
    if (format !== "General") (row.numberFormats ??= {})[column] = format;
  }

  private formula(scanner: SheetScanner): string | undefined {
    const stored = formulaOf(scanner);
    if (!stored) return undefined;
    if (stored.shared === undefined) return stored.text;
    if (stored.text !== "") {
      this.shared.set(stored.shared, { row: scanner.row, column: scanner.column, text: stored.text });
      return stored.text;
    }
    const group = this.shared.get(stored.shared);
    return group && shiftedFormula(group.text, scanner.row - group.row, scanner.column - group.column);
  }

  private readFrame(root: XmlElement): void {
    for (const element of childrenNamed(child(root, "cols"), "col")) {
      const width = Number(attribute(element, "width"));
      const last = Math.min(Number(attribute(element, "max")), Number(attribute(element, "min")) + 500);
      for (let column = Number(attribute(element, "min")) - 1; column < last; column += 1) {
        this.sheet.columns[column] = {
          ...(width > 0 ? { width: width * POINTS_A_CHARACTER + MARGIN_POINTS } : {}),
          ...(flag(element, "hidden") ? { hidden: true } : {}),
        };
      }
    }
    this.sheet.merges = [...descendants(root, "mergeCell")].flatMap((element) => {
      const area = hostArea(attribute(element, "ref"));
      return area ? [area] : [];
    });
    const pane = [...descendants(root, "pane")].find((element) => attribute(element, "state") === "frozen");
    if (pane) {
      const split = (name: string): number => Number(attribute(pane, name) ?? 0);
      this.sheet.frozen = { rows: split("ySplit"), columns: split("xSplit") };
    }
    const protection = child(root, "sheetProtection");
    if (protection && flag(protection, "sheet")) {
      const allowed = (name: string): boolean => !flag(protection, name, true);
      this.sheet.protection = {
        options: {
          allowFormatCells: allowed("formatCells"),
          allowInsertColumns: allowed("insertColumns"),
          allowInsertRows: allowed("insertRows"),
          allowDeleteColumns: allowed("deleteColumns"),
          allowDeleteRows: allowed("deleteRows"),
          allowSort: allowed("sort"),
          allowAutoFilter: allowed("autoFilter"),
        },
      };
    }
  }

  private unlock(bytes: Uint8Array, part: string): void {
    indexSheet(bytes, part, {
      cell: ({ row, column, style }) => {
        if (this.formats.unlocked[style] === true) (rowAt(this.sheet, row - 1).styles ??= {})[column - 1] = UNLOCKED;
      },
    });
  }
}

function cellValue(reader: CellReader, scanner: SheetScanner): CellValue {
  const value = reader.value(scanner);
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? value.error : value;
}

function readTable(model: WorkbookModel, sheet: SheetModel, info: TableInfo, root: XmlElement): void {
  const { top, left, bottom, right } = info.area;
  const area: Area = { row: top - 1, column: left - 1, rows: bottom - top + 1, columns: right - left + 1 };
  const table = addTable(model, sheet, info.name, area);
  table.showHeaders = info.hasHeader;
  table.showTotals = info.hasTotals;
  table.style = attribute(child(root, "tableStyleInfo") ?? root, "name") ?? table.style;
  for (const element of childrenNamed(child(root, "autoFilter"), "filterColumn")) {
    const values = [...descendants(element, "filter")].map((filter) => attribute(filter, "val") ?? "");
    if (values.length > 0) table.filters[Number(attribute(element, "colId"))] = { filterOn: "Values", values };
  }
}

function hostArea(reference: string | undefined): Area | undefined {
  const area = parseArea(reference ?? "");
  if (!area) return undefined;
  const { top, left, bottom, right } = area;
  return { row: top - 1, column: left - 1, rows: bottom - top + 1, columns: right - left + 1 };
}
