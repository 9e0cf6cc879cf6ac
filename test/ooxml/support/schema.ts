import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { strFromU8 } from "fflate";
import { TextPatch } from "../../../src/ooxml/xml/patch.js";
import { parseXml, type XmlElement } from "../../../src/ooxml/xml/tree.js";
import { unzip } from "./ooxml.js";

/**
 * The published schemas of OOXML (ISO/IEC 29500, transitional) are not in this repository. Tests use them where a folder
 * `xsd` with them lies beside the repository (or in OOXML_SCHEMAS) and xmllint is installed.
 */
const schemas = findSchemas();
const xmllint = spawnSync("xmllint", ["--version"]).status === 0;

export const whyNoSchemas =
  schemas === undefined
    ? "the OOXML schemas are not on this machine"
    : xmllint
      ? undefined
      : "xmllint is not installed";

function findSchemas(): string | undefined {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
  const beside = readdirSync(dirname(root)).map((name) => join(dirname(root), name, "xsd"));
  return [process.env["OOXML_SCHEMAS"] ?? "", ...beside].find(
    (folder) => folder !== "" && existsSync(join(folder, "sml.xsd")),
  );
}

function schemaOf(part: string): string | undefined {
  if (part === "[Content_Types].xml") return "opc-contentTypes.xsd";
  if (part.endsWith(".rels")) return "opc-relationships.xsd";
  if (
    /^xl\/(workbook|styles|sharedStrings|calcChain)\.xml$|^xl\/(worksheets|tables|pivotTables|pivotCache)\/[^/]*\.xml$/.test(
      part,
    )
  )
    return "sml.xsd";
  if (/^xl\/charts\/chart\d+\.xml$/.test(part)) return "dml-chart.xsd";
  if (/^xl\/drawings\/drawing\d+\.xml$/.test(part)) return "dml-spreadsheetDrawing.xsd";
  if (/^customXml\/itemProps\d+\.xml$/.test(part)) return "shared-customXmlDataProperties.xsd";
  return undefined;
}

/** What xmllint has to say against the parts of a workbook that have a schema; empty if all are valid. */
export function schemaErrors(bytes: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), "tiaoli-xsd-"));
  try {
    const bySchema = new Map<string, string[]>();
    let n = 0;
    for (const [part, content] of unzip(bytes)) {
      const schema = schemaOf(part);
      // Made-up content that stands for a part nobody looks into.
      if (!schema || strFromU8(content).includes('="urn:')) continue;
      const path = join(folder, `${n++}-${part.replaceAll(/[^\w.]/g, "_")}`);
      writeFileSync(path, withoutExtensions(strFromU8(content), part));
      bySchema.set(schema, [...(bySchema.get(schema) ?? []), path]);
    }
    return [...bySchema].flatMap(([schema, paths]) => {
      try {
        execFileSync("xmllint", ["--noout", "--schema", join(schemas!, schema), ...paths], {
          stdio: ["ignore", "ignore", "pipe"],
        });
        return [];
      } catch (error) {
        return (error as { stderr: Buffer }).stderr
          .toString()
          .split("\n")
          .filter((line) => line.includes(" error "));
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Takes out what a reader that knows only the standard ignores, namespaces named by mc:Ignorable; and xml:space, which
 * Excel writes and the schemas forgot.
 */
function withoutExtensions(original: string, part: string): string {
  const text = original.replaceAll(' xml:space="preserve"', "");
  const { root } = parseXml(text, part);
  const ignorable = root.attributes.find((a) => a.local === "Ignorable" && a.name !== "Ignorable");
  if (!ignorable) return text;
  const prefixes = new Set(ignorable.value.split(/\s+/));
  const patch = new TextPatch(text);
  const visit = (element: XmlElement): void => {
    if (prefixes.has(element.prefix) || element.local === "AlternateContent") {
      patch.remove(element);
      return;
    }
    for (const a of element.attributes)
      if (prefixes.has(a.name.split(":")[0]!) || a === ignorable) patch.replace(a.start, a.end, "");
    element.children.forEach(visit);
  };
  visit(root);
  return patch.apply();
}
