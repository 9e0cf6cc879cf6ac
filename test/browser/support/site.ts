import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { SITE } from "./pane-browser.js";

const ROOT = join(import.meta.dirname, "..", "..", "..");

/** Builds the site unless it stands and is newer than everything it is made of. */
export function buildSiteIfNeeded(): void {
  const page = join(SITE, "taskpane.html");
  const sources = [join(ROOT, "src"), join(ROOT, "rules"), join(ROOT, "assets")];
  const config = statSync(join(ROOT, "webpack.config.js")).mtimeMs;
  if (existsSync(page) && statSync(page).mtimeMs > Math.max(config, ...sources.map(newest))) return;
  const { status, stdout, stderr } = spawnSync("npm", ["run", "build:pane"], { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`the site could not be built\n${stdout}\n${stderr}`);
}

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (latest, entry) =>
      entry.isFile() ? Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs) : latest,
    0,
  );
}
