import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");

it("npm run demo ends with 0 though the sample holds faulty rows, and names files that are there", () => {
  expect(inject("commandBuildProblem")).toBe("");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join("scripts", "demo.ts"), "--lang", "en"],
    { cwd: ROOT, encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("3 faulty rows (left in the sample on purpose");
  const listed = stdout.slice(stdout.indexOf("Files written:")).split("\n").slice(1);
  const files = listed.map((line) => line.trim().split("  ")[0]!).filter((path) => path !== "");
  expect(files).toContain(join("out", "processed-ledger.xlsx"));
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(statSync(join(ROOT, file)).size).toBeGreaterThan(0);
});
