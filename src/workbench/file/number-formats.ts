import type { CellFormat } from "../../ooxml/styles.js";
import { attribute, child, childrenNamed, type XmlDocument } from "../../ooxml/xml/tree.js";
import { isDateFormat } from "../host/display-text.js";

/** Number formats of a file as Office.js names them. */

/** Built-in formats (ECMA-376 part 1, §18.8.30), with those of Chinese versions. */
const BUILT_IN: Readonly<Record<number, string>> = {
  0: "General",
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  14: "yyyy/m/d",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy/m/d h:mm",
  27: 'yyyy"年"m"月"',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  37: "#,##0;-#,##0",
  39: "#,##0.00;-#,##0.00",
  49: "@",
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

/** The format of each cell style (`cellXfs`), by its index. */
export function numberFormats(styles: XmlDocument | undefined): string[] {
  const codes = new Map(
    childrenNamed(child(styles?.root, "numFmts"), "numFmt").map((element) => [
      Number(attribute(element, "numFmtId")),
      attribute(element, "formatCode") ?? "General",
    ]),
  );
  return childrenNamed(child(styles?.root, "cellXfs"), "xf").map((format) => {
    const id = Number(attribute(format, "numFmtId") ?? 0);
    return codes.get(id) ?? BUILT_IN[id] ?? "General";
  });
}

/** Which cell styles leave a cell open on a protected sheet. */
export function unlockedStyles(styles: XmlDocument | undefined): boolean[] {
  return childrenNamed(child(styles?.root, "cellXfs"), "xf").map((format) => {
    const locked = attribute(child(format, "protection") ?? format, "locked");
    return locked === "0" || locked === "false";
  });
}

/** The kind of format that a file's cell needs to show what this format shows. */
export function cellFormat(format: string, value: string | number | boolean): CellFormat {
  if (typeof value !== "number") return "text";
  if (isDateFormat(format)) return /h/i.test(format) ? "datetime" : "date";
  return /^[¥￥]?#,##0\.00/.test(format) ? "money" : "general";
}
