/* eslint-disable no-control-regex -- control characters are what this module is about */
/** Text in and out of XML, with the `_xHHHH_` escapes of SpreadsheetML (ECMA-376 part 1, §22.9.2.19 ST_Xstring). */

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Replaces the five named entities and character references; an unknown entity stands as it is. */
export function decodeEntities(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Character content: line ends become line feeds, as XML has it (§2.11), and entities are replaced. */
export function decodeCharacters(raw: string): string {
  return decodeEntities(raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw);
}

/** Undoes `_x000D_` and its like, in which Excel stores characters that XML can't hold. */
export function decodeXstring(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Attribute or text content for plain XML: escapes markup, drops what XML 1.0 can't hold. */
export function escapeXml(text: string): string {
  return /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/.test(text) ? escapeSlow(dropIllegal(text)) : text;
}

/**
 * Cell text or a table column's name: as `escapeXml`, but characters that XML can't hold, carriage returns and a
 * literal `_xHHHH_` are written as `_xHHHH_` escapes, so that reading gives the very same text.
 */
export function escapeXstring(text: string): string {
  if (!/[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_/.test(text)) return text;
  const escaped = text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_")
    // Whole pairs are matched first, so that what is left of the surrogates are halves.
    .replace(/[\ud800-\udbff][\udc00-\udfff]|[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/g, (c) =>
      c.length > 1 ? c : `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    );
  return escapeSlow(escaped);
}

/** Text that loses its edges or line breaks unless `xml:space="preserve"` stands beside it. */
export function needsPreserve(text: string): boolean {
  return /^\s|\s$|[\n\t]/.test(text);
}

function escapeSlow(text: string): string {
  return text.replace(/[&<>"\n\t]/g, (c) =>
    c === "&" ? "&amp;" : c === "<" ? "&lt;" : c === ">" ? "&gt;" : c === '"' ? "&quot;" : c,
  );
}

function dropIllegal(text: string): string {
  return text.replace(
    /[\ud800-\udbff][\udc00-\udfff]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/g,
    (c) => (c.length > 1 ? c : ""),
  );
}
