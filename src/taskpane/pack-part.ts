import { escapeXml } from "../ooxml/xml/escape.js";
import { attribute, childrenNamed, parseXml, textContent } from "../ooxml/xml/tree.js";
import { WorkbookError } from "../ooxml/workbook-error.js";
import type { WorkbookPack } from "../worker/messages.js";

/**
 * A rule pack that a workbook carries itself, as a custom XML part of this namespace:
 * `<pack xmlns="urn:tiaoli:pack" id="furniture-north"><file path="pack.json">…</file>…</pack>`
 */
export const PACK_NAMESPACE = "urn:tiaoli:pack";

export function formatPackPart({ id, files }: WorkbookPack): string {
  const lines = Object.entries(files).map(
    ([path, text]) => `<file path="${escapeXml(path)}">${escapeXml(text)}</file>`,
  );
  return `<pack xmlns="${PACK_NAMESPACE}" id="${escapeXml(id)}">${lines.join("")}</pack>`;
}

/** The pack in a part; undefined if this XML holds none. */
export function parsePackPart(xml: string): WorkbookPack | undefined {
  let document;
  try {
    document = parseXml(xml, "customXml");
  } catch (error) {
    // Other programs' custom XML is none of our business, however broken.
    if (error instanceof WorkbookError) return undefined;
    throw error;
  }
  const { root } = document;
  const id = attribute(root, "id") ?? "";
  if (root.local !== "pack" || root.namespace !== PACK_NAMESPACE || id === "") return undefined;
  const files: Record<string, string> = {};
  for (const file of childrenNamed(root, "file")) {
    const path = attribute(file, "path") ?? "";
    if (path !== "" && !Object.hasOwn(Object.prototype, path)) files[path] = textContent(document, file);
  }
  return { id, files };
}
