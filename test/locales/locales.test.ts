import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fillWith } from "../../src/locales/language.js";

const FOLDER = join(import.meta.dirname, "../../src/locales");
const SOURCES = readdirSync(join(import.meta.dirname, "../../src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(import.meta.dirname, "../../src", name), "utf8"))
  .join("\n");

const texts = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as Record<string, string>;
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();
const groups = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".zh-CN.json"))
  .map((name) => name.replace(".zh-CN.json", ""));

/** Two stops side by side, as where a sentence that ends with one stands inside another. */
const DOUBLED = /[。；，：！？]{2}|[。；，：！？][.;,:!?]|[.;,:!?][。；，：！？]|(?<!\.)\.\.(?!\.)|[,;:][.,;:]/;

describe.each(groups)("texts of %s", (group) => {
  const zh = texts(`${group}.zh-CN.json`);
  const en = texts(`${group}.en-US.json`);

  test("both languages have the same keys", () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
  });
  test.each(Object.keys(zh))("%s has the same placeholders and is not empty", (key) => {
    expect(new Set(placeholders(en[key]!))).toEqual(new Set(placeholders(zh[key]!)));
    expect(zh[key]).not.toBe("");
  });
  test("Chinese texts speak a clerk's language", () => {
    // What a rule file has to say is told in JSON's own words.
    const marks = group === "pack-problems" ? /\bpp\b|分位|\bS\d §/ : /\bpp\b|分位|\bS\d §|\btrue\b|\bfalse\b/;
    expect(Object.values(zh).filter((text) => marks.test(text))).toEqual([]);
  });
  test.each(["。", ".", "；", ";", "，", ",", "！", "!"])("no stop stands twice where a value ends with %s", (stop) => {
    for (const text of [...Object.values(zh), ...Object.values(en)]) {
      const filled = fillWith(text, () => `值${stop}`);
      expect(filled).not.toMatch(DOUBLED);
    }
  });
  test("no key is unused", () => {
    // A key made from parts (`stage.${stage}`) counts as used where its beginning stands in a template.
    const used = (key: string): boolean =>
      SOURCES.includes(`"${key}"`) ||
      SOURCES.includes(`t.${key}`) ||
      key.split(".").some((_, i, parts) => i > 0 && SOURCES.includes(`\`${parts.slice(0, i).join(".")}.\${`));
    const codes = group === "workbook-errors" || group === "pack-problems" || group === "host-problems";
    expect(Object.keys(zh).filter((key) => !codes && !used(key))).toEqual([]);
  });
});
