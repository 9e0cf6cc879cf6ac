import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { SITE } from "./pane-browser.js";

const ROOT = join(import.meta.dirname, "..", "..", "..");

/** Held by the test file that builds; the others, which run at the same time, wait for it. */
const LOCK = join(tmpdir(), `tiaoli-site-${basename(ROOT)}.lock`);
const LONGEST_BUILD = 180_000;

/** Builds the site unless it stands and is newer than everything it is made of. */
export function buildSiteIfNeeded(): void {
  for (;;) {
    if (isFresh() && !existsSync(LOCK)) return;
    if (takeLock()) break;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  }
  try {
    if (isFresh()) return;
    const { status, stdout, stderr } = spawnSync("npm", ["run", "build:pane"], { cwd: ROOT, encoding: "utf8" });
    if (status !== 0) throw new Error(`the site could not be built\n${stdout}\n${stderr}`);
  } finally {
    rmdirSync(LOCK);
  }
}

function takeLock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    // Left behind by a run that was killed.
    if (existsSync(LOCK) && Date.now() - statSync(LOCK).mtimeMs > LONGEST_BUILD) rmdirSync(LOCK);
    return false;
  }
}

function isFresh(): boolean {
  const pages = ["taskpane", "workbench", "probe"].map((name) => join(SITE, `${name}.html`));
  if (!pages.every((page) => existsSync(page))) return false;
  const sources = ["src", "rules", "assets"].map((folder) => newest(join(ROOT, folder)));
  const files = ["webpack.config.js", "manifest.xml"].map((file) => statSync(join(ROOT, file)).mtimeMs);
  return pages.every((page) => statSync(page).mtimeMs > Math.max(...files, ...sources));
}

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (latest, entry) =>
      entry.isFile() ? Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs) : latest,
    0,
  );
}
