import type { WorkbookPack } from "./workbook-packs.js";

/** A pack as one file, to pass on: `{"tiaoliPack": 1, "id": …, "files": {"pack.json": "…"}}`. */
const VERSION = 1;
/** Characters; the loader refuses more as well. */
const LARGEST = 6 * 1024 * 1024;

export function formatPackFile({ id, files }: WorkbookPack): string {
  return `${JSON.stringify({ tiaoliPack: VERSION, id, files }, null, 1)}\n`;
}

/** Reads such a file; undefined if it is none. Whether the pack itself is in order is for the loader to say. */
export function parsePackFile(text: string): WorkbookPack | undefined {
  if (text.length > LARGEST) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(content) || content.tiaoliPack !== VERSION) return undefined;
  const { id, files } = content;
  if (typeof id !== "string" || !/^[a-z0-9][a-z0-9-]*$/.test(id) || !isRecord(files)) return undefined;
  const entries = Object.entries(files);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === "string")) return undefined;
  return { id, files: Object.fromEntries(entries) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
