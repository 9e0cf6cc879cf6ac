import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { latinRuns } from "../support/latin-runs.js";

const FOLDER = join(import.meta.dirname, "../../src/locales");

/** Latin words that a Chinese sentence may hold wherever it stands: products, formats, keys of the keyboard, commands. */
const ANYWHERE = `
  Excel WPS Word PDF Microsoft Windows JSON CSV Parquet UTF-8 GB18030 Ed25519 PEM XML DTD MB Esc Enter Ctrl Tab English
  xlsx xlsm xls xlsb ods et docx csv tsv txt json jsonl ndjson parquet duckdb ics eml zip
  tiaoli npx npm run probe process repair fix-headers batch judge verify notices group learn rules new help
  pack.json forms.json lists.json parameters.json signature.json README.md docs/columns.md templates/forms.json rules/lexicon
  tiaoli.json D`
  .trim()
  .split(/\s+/);

/** Words that stand in one sentence or two: values to type, examples, names in a rule file. */
const BY_GROUP: Readonly<Record<string, string>> = {
  cli: `zh en o T18 W13 H1 ymd mdy dmy use ignore each all read number chains fold export import set check sign trust new-pack pack
    PZ202603-0007 f3c TIAOLI_BOOK_KEY TIAOLI_CONFIG_DIR closeDays my-shop my-shop.tiaoli.json cases/first.json`,
  jobs: "export ignore new-pack my-shop",
  pane: "forms",
  // The workbook's own marks for page numbers.
  notices: "P N",
  "rules-sheets": "cell T18 late-reply large closeDays approvalTiers lossRate deadlines A B C",
  probe: "probe.xml",
  "host-problems": "Complaints",
  "workbook-errors": "Complaints",
  batch: "map",
  // What a rule file has to say is told in JSON's own words.
  "pack-problems": `upTo to from then cell others ask mentions tells contains Listed misconductListed conditions deadline
    event values day own-day settledBy stages within Schema fact N cases null true false u`,
};

const groups = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".zh-CN.json"))
  .map((name) => name.replace(".zh-CN.json", ""));

describe("Latin words in Chinese sentences", () => {
  test.each(groups)("%s: only names of products, files, options and values to type", (group) => {
    const texts = JSON.parse(readFileSync(join(FOLDER, `${group}.zh-CN.json`), "utf8")) as Record<string, string>;
    const allowed = new Set([...ANYWHERE, ...(BY_GROUP[group] ?? "").split(/\s+/)]);
    const strange = Object.entries(texts).flatMap(([key, text]) =>
      latinRuns(text.replaceAll(/\{\w*\}/g, ""))
        .filter((run) => !allowed.has(run))
        .map((run) => `${key}: ${run}`),
    );
    expect(strange).toEqual([]);
  });
});
