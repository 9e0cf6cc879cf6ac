import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const read = (name: string): string => readFileSync(join(ROOT, name), "utf8");

test("the version that is installed has its section in the changelog, before all older ones", () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const versions = [...read("CHANGELOG.md").matchAll(/^## (\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\)$/gm)].map(([, v]) => v);
  expect(versions[0]).toBe(version);
});
