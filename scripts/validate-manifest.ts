import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { OfficeAddinManifest } from "office-addin-manifest";
import { MINIMUM } from "../src/ledger/excel/requirements.js";
import { checkManifest } from "./manifest/check-manifest.js";
import { checkShortcuts } from "./manifest/check-shortcuts.js";

/**
 * `npm run validate`: checks the manifest, its icons and its keyboard shortcuts without the internet; one line a problem.
 * Another manifest, e.g. the one of a deployed site, can be named as argument.
 */

const ROOT = new URL("../", import.meta.url);
const SHORTCUTS = "assets/shortcuts.json";
const SHORTCUT_TEXTS = "assets/shortcuts.en-US.json";

const file = process.argv[2] ?? "manifest.xml";
const path = process.argv[2] ?? fileURLToPath(new URL(file, ROOT));

const problems = [
  ...checkManifest(readFileSync(path, "utf8"), { file, siteFile, pages: ["/taskpane.html"], excelApi: MINIMUM }),
  ...checkShortcuts({
    file: SHORTCUTS,
    text: readText(SHORTCUTS),
    resourcesFile: SHORTCUT_TEXTS,
    resourcesText: readText(SHORTCUT_TEXTS),
  }),
];
for (const { file: where, line, text } of problems) console.error(`${where}:${line}: ${text}`);

try {
  const { id, version, displayName } = await OfficeAddinManifest.readManifestFile(path);
  if (problems.length === 0) console.log(`${file}: valid (${displayName ?? ""}, ${version ?? ""}, ${id ?? ""})`);
} catch (error) {
  console.error(`${file}:1: office-addin-manifest: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
if (problems.length > 0) process.exitCode = 1;

/** What the site serves under a path: only what the repository holds. */
function siteFile(sitePath: string): Uint8Array | undefined {
  const at = sitePath.indexOf("/assets/");
  if (at < 0) return undefined;
  try {
    return readFileSync(new URL(sitePath.slice(at + 1), ROOT));
  } catch {
    return undefined;
  }
}

function readText(name: string): string {
  return readFileSync(new URL(name, ROOT), "utf8");
}
