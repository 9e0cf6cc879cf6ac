import type { CellValue } from "./workbook-model.js";

/** What a cell shows under its number format: the formats that ledgers use, General for all others. */
export function displayText(value: CellValue, format: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (isDateFormat(format)) return dateText(value, format);
  const decimals = /\.(0+)/.exec(format)?.[1]?.length;
  if (format.includes("%")) return `${(value * 100).toFixed(decimals ?? 0)}%`;
  if (format.includes("#,##0") || /^[¥￥]?0(?:\.0+)?/.test(format)) {
    const fixed = Math.abs(value).toFixed(decimals ?? 0);
    const [whole = "0", rest] = fixed.split(".");
    const grouped = format.includes("#,##0") ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
    const currency = /^[¥￥]/.exec(format)?.[0] ?? "";
    return `${value < 0 ? "-" : ""}${currency}${grouped}${rest === undefined ? "" : `.${rest}`}`;
  }
  return String(Number(value.toPrecision(11)));
}

export function isDateFormat(format: string): boolean {
  return /[ymdhs]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")) && format !== "General";
}

const DATE_TOKEN = /"([^"]*)"|\\(.)|yyyy|yy|mm|m|dd|d|hh|h|ss|s|[^ymdhs"\\]+/gi;

function dateText(serial: number, format: string): string {
  const seconds = Math.round(serial * 86_400);
  const date = new Date((seconds - 25_569 * 86_400) * 1000);
  const two = (part: number): string => String(part).padStart(2, "0");
  let afterHours = false;
  return format.replace(DATE_TOKEN, (token: string, quoted?: string, escaped?: string) => {
    if (quoted !== undefined) return quoted;
    if (escaped !== undefined) return escaped;
    const key = token.toLowerCase();
    switch (key) {
      case "yyyy":
        return String(date.getUTCFullYear());
      case "yy":
        return two(date.getUTCFullYear() % 100);
      case "mm":
      case "m": {
        // m after an hour means minutes.
        const part = afterHours ? date.getUTCMinutes() : date.getUTCMonth() + 1;
        return key === "mm" ? two(part) : String(part);
      }
      case "dd":
        return two(date.getUTCDate());
      case "d":
        return String(date.getUTCDate());
      case "hh":
      case "h":
        afterHours = true;
        return key === "hh" ? two(date.getUTCHours()) : String(date.getUTCHours());
      case "ss":
      case "s":
        return key === "ss" ? two(date.getUTCSeconds()) : String(date.getUTCSeconds());
      default:
        return token;
    }
  });
}
