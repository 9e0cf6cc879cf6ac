import { from1904 } from "./date-systems.js";
import { itemText, type SharedStrings } from "./shared-strings.js";
import { CellType } from "./cell-type.js";
import { type SheetScanner } from "./sheet-scanner.js";
import type { Styles } from "./styles.js";
import { WorkbookError } from "./workbook-error.js";
import { decodeXstring } from "./xml/escape.js";

/** What a cell holds, of a formula its cached value; serials are of the 1900 system. */
export type CellValue = string | number | boolean | { readonly error: string };

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
  value(scanner: SheetScanner, dates = false): CellValue | undefined {
    if (scanner.valueStart === scanner.valueEnd) return undefined;
    switch (scanner.type) {
      case CellType.number: {
        const n = scanner.numberValue();
        if (Number.isNaN(n)) return scanner.textValue().trim() || undefined;
        return this.date1904 && (dates || this.styles.isDate(scanner.style)) ? from1904(n) : n;
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
        return isoSerial(text.replace(/Z$/, "").replace(/\.\d+$/, "")) ?? (text || undefined);
      }
    }
  }
}

const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?$/;
/** The serial of 1970-01-01. */
const SERIAL_OF_1970 = 25_569;

/** The serial of an ISO date or time; undefined if there is no such day or time. */
function isoSerial(text: string): number | undefined {
  const match = ISO_DATE.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const exists = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) return undefined;
  const days = Date.UTC(year, month - 1, day) / 86_400_000 + SERIAL_OF_1970;
  return (days * 86_400 + hour * 3600 + minute * 60 + second) / 86_400;
}
