import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run sideload`: puts the add-in into a real Excel on this computer, through Microsoft's own tool where it is
 * installed; otherwise says how it is done by hand.
 */

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const TOOL = join(
  ROOT,
  "node_modules",
  ".bin",
  process.platform === "win32" ? "office-addin-debugging.cmd" : "office-addin-debugging",
);
const CERTIFICATES = join(homedir(), ".office-addin-dev-certs", "localhost.crt");

/** How it is done by hand stands on one page only. */
const BY_HAND = readFileSync(join(ROOT, "docs", "sideload.md"), "utf8");

if (!existsSync(TOOL) || (process.platform !== "win32" && process.platform !== "darwin")) {
  console.log(BY_HAND);
} else if (!existsSync(CERTIFICATES)) {
  console.error("没有本机证书，请先运行 npx office-addin-dev-certs install （no certificate for localhost yet）");
  process.exitCode = 2;
} else {
  // The tool starts `npm run dev-server` itself, waits for it, registers the manifest and opens Excel.
  const { status } = spawnSync(TOOL, ["start", "manifest.xml", "desktop"], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) console.log(BY_HAND);
  process.exitCode = status ?? 2;
}
