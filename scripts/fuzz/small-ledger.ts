import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { newLedger } from "../../src/documents/new-ledger.js";
import { loadPack } from "../../src/rules/load-pack.js";
import type { Pack } from "../../src/rules/pack.js";
import { cellsOf, type StoryCells } from "../sample/story-cells.js";

/** A ledger as small as one can be that has something to deduct in two months. */

const RULES = join(import.meta.dirname, "..", "..", "rules");

/** One from fifteen days back, and one of this month; closed, so that both are settled. */
const ROWS: readonly StoryCells[] = [2, 3].map((month) => ({
  id: `26030900${month}`,
  pack: "furniture-north",
  receivedAt: `2026-0${month}-09T09:00`,
  customer: `客户${month}`,
  description: "抱怨不知道促销政策变了",
  cause: "市场政策误解",
  person: month === 2 ? "张三" : "李四",
  upheld: "是",
  closeAt: `2026-0${month}-09T09:25`,
}));

export function smallLedger(): Promise<Uint8Array> {
  return newLedger({
    packs: [packOf("furniture-north")],
    language: "zh",
    rows: ROWS.map(cellsOf),
    people: [
      ["张三", "销售部", null, "销售经理", "李四", 1, 1500, 7000],
      ["李四", "销售部", null, "销售副总经理", null, 2, 3000, 12000],
    ],
    settings: [
      ["默认制度", "furniture-north"],
      ["单位名称", "某某公司"],
      ["当地最低工资", 2490],
    ],
  });
}

function packOf(name: string): Pack {
  const folder = join(RULES, name);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
  const loaded = loadPack(name, new Map(names.map((file) => [file, readFileSync(join(folder, file), "utf8")])));
  if (!("pack" in loaded)) throw new Error(`${name} does not load`);
  return loaded.pack;
}
