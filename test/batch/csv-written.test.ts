import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { csvText } from "../../src/domain/csv.js";
import { csvFields, FORMULA_LIKE } from "../domain/formula-like.js";
import { asTable, inFolder, jsonLinesOf, sample, type TextRow } from "./tables.js";

const { input: INPUT } = sample();

it("no text of a table that a batch writes begins like a formula, and Excel knows its Chinese by the mark", async () => {
  const rows = FORMULA_LIKE.map((text, i): TextRow => ({
    ...{ id: `${text}${i}`, pack: "furniture-north", receivedAt: "2026-03-09 09:00", closeAt: "2026-03-09 09:25" },
    ...{ description: `${text} 抱怨不知道促销政策变了`, cause: "市场政策误解", upheld: "是" },
    // Nobody in 人员: what is written is charged.
    ...{ customer: text, person: i % 2 === 0 ? "张三" : text, loss: text },
  }));
  await inFolder(async (at) => {
    writeFileSync(at("in.jsonl"), jsonLinesOf(rows));
    const look = ({ files }: { readonly files: ReadonlyMap<string, string> }): Promise<void> => {
      for (const [table, path] of files) {
        const text = readFileSync(path, "utf8");
        expect(text.startsWith("\uFEFF"), table).toBe(true);
        const [headers, ...lines] = csvFields(text.slice(1));
        expect(lines.length, table).toBeGreaterThan(0);
        for (const line of lines)
          for (const [i, field] of line.entries()) expect(csvText(field), `${table}.${headers![i]!}`).toBe(field);
      }
      return Promise.resolve();
    };
    await asTable(at("in.jsonl"), { ...INPUT, people: [] }, { kind: "csv", look });
  });
}, 60_000);
