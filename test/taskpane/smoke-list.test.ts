import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import en from "../../src/locales/pane.en-US.json" with { type: "json" };
import zh from "../../src/locales/pane.zh-CN.json" with { type: "json" };

/** People follow the list word by word: what it puts in quotes has to stand on a button, a tab or in a message. */

const ROOT = join(import.meta.dirname, "..", "..");
const [chinese, english] = readFileSync(join(ROOT, "docs", "smoke-list.md"), "utf8").split("## English") as [
  string,
  string,
];
const ribbon = [...readFileSync(join(ROOT, "manifest.xml"), "utf8").matchAll(/(?:DefaultValue|Value)="([^"]*)"/g)].map(
  ([, label]) => label!,
);

/** Excel's own words, and characters a cell begins with. */
const EXCELS_OWN = new Set(["开始", "锁定", "修复", "=", "-"]);

function unknown(text: string, labels: readonly string[]): string[] {
  const quoted = [...text.matchAll(/“([^”]+)”/g)].map(([, name]) => name!);
  expect(quoted.length).toBeGreaterThan(2);
  const known = [...labels, ...ribbon].map((label) => label.replaceAll(/\{\w+\}/g, ""));
  return quoted.filter((name) => {
    // Names of sheet and table stand where the sentence has a gap.
    const bare = name.replace(/^投诉台账（表格 Complaints）$/, "（表格 ）");
    return !EXCELS_OWN.has(name) && !known.some((label) => label.includes(bare));
  });
}

describe("the list of what to look at in a real Excel", () => {
  test("names buttons, tabs and messages as the pane and the ribbon do", () => {
    expect(unknown(chinese, Object.values(zh))).toEqual([]);
    expect(unknown(english, Object.values(en))).toEqual([]);
  });

  test("has the same steps in both languages", () => {
    const steps = (text: string): string[] => [...text.matchAll(/^\| (\d+) \|/gm)].map(([, step]) => step!);
    expect(steps(english)).toEqual(steps(chinese));
  });
});
