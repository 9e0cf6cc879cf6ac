import type { RawCell } from "../domain/complaint.js";
import { parseIso, toSerial } from "../domain/wall-time.js";
import { itemText, type SharedStrings } from "./shared-strings.js";
import { CellType, type SheetScanner } from "./sheet-scanner.js";
import type { Styles } from "./styles.js";
import { WorkbookError } from "./workbook-error.js";
import { decodeXstring } from "./xml/escape.js";

/** Days between the epochs of the 1904 and the 1900 date system. */
export const DAYS_1904 = 1462;
/** 9999-12-31, the last day Excel knows; a larger number, such as 20260331, is no serial. */
const LAST_SERIAL = 2_958_466;

/** Turns cells of one workbook into values. */
export class CellReader {
  constructor(
    private readonly strings: SharedStrings,
    private readonly styles: Styles,
    private readonly date1904: boolean,
  ) {}

  /**
   * The value of the cell the scanner stands on, of a formula its cached value; undefined if it is blank. Serials of a
   * 1904 workbook are converted if the cell is shown as a date, or if `dates` says that its column holds dates.
   */
  value(scanner: SheetScanner, dates = false): RawCell | undefined {
    if (scanner.valueStart === scanner.valueEnd) return undefined;
    switch (scanner.type) {
      case CellType.number: {
        const n = scanner.numberValue();
        if (Number.isNaN(n)) return scanner.textValue().trim() || undefined;
        if (!this.date1904 || !(dates || this.styles.isDate(scanner.style)) || n < 0 || n + DAYS_1904 >= LAST_SERIAL)
          return n;
        return n + DAYS_1904;
      }
      case CellType.sharedString: {
        const text = this.strings.texts[scanner.integerValue()];
        if (text === undefined)
          throw new WorkbookError("malformed-xml", {
            part: scanner.part,
            offset: scanner.cellStart,
            reason: "no such shared string",
          });
        return text === "" ? undefined : text;
      }
      case CellType.text:
        return decodeXstring(scanner.textValue()) || undefined;
      case CellType.inline:
        return itemText(scanner.rawValue(), scanner.prefix) || undefined;
      case CellType.boolean: {
        const text = scanner.textValue().trim();
        return text === "1" || text === "true";
      }
      case CellType.error:
        return { error: scanner.textValue() };
      case CellType.isoDate: {
        const text = scanner.textValue().trim();
        // 2026-03-31T18:00:00.000Z: Excel writes neither fractions nor zones that mean anything.
        const time = parseIso(text.replace(/Z$/, "").replace(/\.\d+$/, ""));
        return time === undefined ? text || undefined : toSerial(time);
      }
    }
  }
}
