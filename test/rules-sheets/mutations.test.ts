import { describe, expect, it } from "vitest";
import { ORIGINAL_NAME, packFromSheets, packTables, sheetProblemText } from "../../src/jobs/pack-tables.js";
import { packFiles as packText } from "../../src/jobs/packed-files.js";
import { gridOf } from "../../src/rules-sheets/pack-sheets.js";
import type { FoundCell, SheetGrid } from "../../src/rules-sheets/table.js";
import { PACK_FOLDERS, packFiles } from "../packs-folder.js";

/** A sheet edited into nonsense: the very cell, what stands in it, and how to mend it; nothing is imported. */

type Cell = FoundCell | undefined;

function gridsOf(id: string): SheetGrid[] {
  return packTables(Object.fromEntries(packFiles(id))).map(gridOf);
}

function changed(
  grids: readonly SheetGrid[],
  sheet: string,
  change: (rows: Cell[][], headers: readonly Cell[]) => Cell[][],
): SheetGrid[] {
  return grids.map((grid) => {
    if (grid.name !== sheet) return grid;
    const rows = grid.rows.map((row) => [...row]);
    return { name: sheet, rows: change(rows, rows[0] ?? []) };
  });
}

function textOf(cell: Cell): string {
  return typeof cell === "string" ? cell : "";
}

/** Row `row` (as Excel counts) of a sheet with one cell changed. */
function withCell(grids: readonly SheetGrid[], sheet: string, row: number, header: string, value: Cell): SheetGrid[] {
  return changed(grids, sheet, (rows, headers) => {
    const column = headers.indexOf(header);
    if (column < 0 || !rows[row - 1]) throw new Error(`no ${header} on ${sheet}`);
    rows[row - 1]![column] = value;
    return rows;
  });
}

async function sentences(grids: readonly SheetGrid[]): Promise<string[]> {
  const found = await packFromSheets(grids);
  return found.kind === "problems" ? found.problems.map((problem) => sheetProblemText(problem, "zh")) : [];
}

const NORTH = gridsOf("furniture-north");
/** A pack whose labels have words of their own beside their concepts, for and against, one of a label within another. */
function worded(): SheetGrid[] {
  const files = Object.fromEntries(packFiles("health-centre"));
  const classification = JSON.parse(files["classification.json"]!) as { labels: Record<string, unknown>[] };
  for (const label of classification.labels) {
    label["phrases"] = [{ text: "没人理", weight: 2 }];
    label["counterPhrases"] = [{ text: "只是问问", weight: 1.5 }];
  }
  return packTables({ ...files, "classification.json": JSON.stringify(classification) }).map(gridOf);
}
const WORDED = worded();
const SHOPS = gridsOf("franchise-retail");

/** The first row of a sheet whose cell under a header is such. */
function rowWhere(grids: readonly SheetGrid[], sheet: string, header: string, is: (cell: Cell) => boolean): number {
  const grid = grids.find(({ name }) => name === sheet)!;
  const column = grid.rows[0]!.indexOf(header);
  const found = grid.rows.findIndex((row, i) => i > 0 && is(row[column]));
  if (found < 0) throw new Error(`no such row on ${sheet}`);
  return found + 1;
}

const filled = (cell: Cell): boolean => cell !== null && cell !== undefined;

describe("a wrong cell", () => {
  const penalty = rowWhere(SHOPS, "处罚", "金额", filled);
  const limit = rowWhere(NORTH, "期限", "期限", filled);
  const figure = rowWhere(NORTH, "参数", "值", (cell) => typeof cell === "number");
  it.each([
    [
      "a text in a number",
      NORTH,
      "参数",
      figure,
      "值",
      "五十元左右",
      /工作表“参数” C\d+“五十元左右”：.*期|工作表“参数” C\d+“五十元左右”/,
    ],
    [
      "a date that does not exist",
      NORTH,
      "参数",
      figure,
      "自何日起",
      "2026-02-30",
      /“2026-02-30”：不是日期，或没有这一天；请写成 2026-03-31/,
    ],
    [
      "a word that the list does not have",
      NORTH,
      "参数",
      figure,
      "单位",
      "光年",
      /“光年”：不是可选的值；请从下拉列表选：天、工作日/,
    ],
    [
      "an unknown unit of a limit",
      NORTH,
      "期限",
      limit,
      "期限",
      "3 周",
      /工作表“期限” \w+“3 周”：期限的单位“周”看不懂；请写成 3 工作日/,
    ],
    ["an unknown column", NORTH, "期限", limit, "起算", "收到时间", /“收到时间”：没有名为“收到时间”的台账列/],
    [
      "a condition with an unknown column",
      NORTH,
      "期限",
      limit,
      "条件",
      "投诉类型 = 「a」",
      /“投诉类型 = 「a」”：“投诉类型 = 「a」”处应是台账列名/,
    ],
    ["and beside or", NORTH, "期限", limit, "条件", "已结案 = 是 且 已结案 = 否 或 已结案 = 是", /“且”和“或”混在一层/],
    [
      "a stage that the pack does not have",
      NORTH,
      "期限",
      limit,
      "环节",
      "上报",
      /“上报”：pack\.json 的 stages 中没有“report”/,
    ],
    [
      "a parameter that is not there",
      NORTH,
      "期限",
      limit,
      "期限",
      "参数【nothing】 天",
      /“参数【nothing】 天”：没有名为“nothing”的参数/,
    ],
    [
      "a value that is no list value",
      NORTH,
      "期限",
      limit,
      "结果",
      "罚站",
      /“罚站”：不是可选的值；请从下拉列表选：期限、升级/,
    ],
    [
      "a cell of another kind of result",
      SHOPS,
      "处罚",
      penalty,
      "程度",
      "提示",
      /“提示”：结果是“处罚”时不用“程度”；请清空此格/,
    ],
    [
      "an amount nobody can work out",
      SHOPS,
      "处罚",
      penalty,
      "金额",
      "看着办",
      /“看着办”：“看着办”处看不懂；可用：定额、按基点分摊/,
    ],
    ["a bearer nobody knows", SHOPS, "处罚", penalty, "对象", "大家", /“大家”：“大家”处看不懂；可用：责任人/],
    ["no id", SHOPS, "处罚", penalty, "编号", null, /工作表“处罚” A\d+：“编号”没有填写；请补上/],
    ["an id in another form", SHOPS, "处罚", penalty, "编号", "Late Reply", /A\d+“Late Reply”：.*例如：late-reply/],
    ["no clause", SHOPS, "处罚", penalty, "条文", "：", /“：”：不是条文；请写成 第十条/],
    ["an error of Excel", SHOPS, "处罚", penalty, "标题", { error: "#REF!" }, /“#REF!”：单元格是 Excel 的错误值/],
    [
      "a word for a label that is not there",
      WORDED,
      "词",
      2,
      "标签",
      "天外来客",
      /“天外来客”：“类别”表里没有标签“天外来客”/,
    ],
    ["a weight that is no number", WORDED, "词", 2, "权重", "很多", /“很多”：这里要数字/],
    [
      "a case that expects an unknown rule",
      NORTH,
      "案例",
      rowWhere(NORTH, "案例", "应触发", filled),
      "应触发",
      "no-such-rule",
      /“no-such-rule”：本规则包中没有规则“no-such-rule”/,
    ],
    ["a case with an unknown column", NORTH, "案例", 2, "台账行", "收到：2026-01-01", /中的“收到”不是这里可写的名称/],
    ["a case with a line without a colon", NORTH, "案例", 2, "台账行", "受理时间 2026-01-01", /里没有冒号/],
    [
      "a case that runs on no day",
      NORTH,
      "案例",
      2,
      "运行时间",
      "2026-02-30",
      /“2026-02-30”：“now”的日期 2026-02-30 不存在/,
    ],
    ["a line of the header twice", NORTH, "制度", 3, "项目", "编号", /“编号”：“编号”出现两次/],
    ["JSON cut short", NORTH, "其他", 2, "内容（JSON）", '{"a":', /不是完整的 JSON/],
  ] as const)("%s", async (_, grids, sheet, row, header, value, wanted) => {
    const texts = await sentences(withCell(grids, sheet, row, header, value));
    expect(texts[0]).toMatch(wanted);
    expect(texts[0]).toContain(`工作表“${sheet}”`);
  });

  it("two rules of one id: the second one's cell", async () => {
    const twice = changed(SHOPS, "处罚", (rows) => [...rows, [...rows[1]!]]);
    const last = twice.find(({ name }) => name === "处罚")!.rows.length;
    expect(await sentences(twice)).toEqual([
      expect.stringMatching(new RegExp(`工作表“处罚” A${last}“.*”：规则编号“.*”已在 .* 用过；请换一个编号`)),
    ]);
  });

  it("two values of a parameter in force on one day", async () => {
    const twice = changed(NORTH, "参数", (rows) => [...rows.slice(0, 2), [...rows[1]!], ...rows.slice(2)]);
    expect((await sentences(twice))[0]).toMatch(/工作表“参数” .*3.*有效期与前一个值重叠/);
  });

  it("one parameter with two titles", async () => {
    const twice = withCell(
      changed(NORTH, "参数", (rows) => [...rows.slice(0, 2), [...rows[1]!], ...rows.slice(2)]),
      "参数",
      3,
      "标题",
      "别的",
    );
    expect((await sentences(twice))[0]).toMatch(/工作表“参数” B3“别的”：“.*”的“标题”与前面的行不同/);
  });
});

describe("rows, columns and sheets", () => {
  it("a parameter's row deleted: each rule that needs it says so in its own cell", async () => {
    const name = "fineUnapproved";
    const row = rowWhere(NORTH, "期限", "期限", (cell) => typeof cell === "string" && cell.includes("参数【"));
    const grid = NORTH.find(({ name: sheet }) => sheet === "期限")!;
    const used = /参数【(\S+)/.exec(textOf(grid.rows[row - 1]![grid.rows[0]!.indexOf("期限")]))?.[1] ?? name;
    const without = changed(NORTH, "参数", (rows) => rows.filter(([first]) => first !== used));
    const texts = await sentences(without);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts[0]).toMatch(new RegExp(`工作表“(期限|案例|处罚|责任|建议|单据)” [A-Z]+\\d+“.*”：.*${used}`));
  });

  it("a rule's row deleted: the case that names it says so", async () => {
    const grid = SHOPS.find(({ name }) => name === "处罚")!;
    const id = textOf(grid.rows[1]![0]);
    const texts = await sentences(changed(SHOPS, "处罚", (rows) => rows.filter(([first]) => first !== id)));
    expect(texts.some((text) => /^工作表“案例”/.test(text) && text.includes(`没有规则“${id}”`))).toBe(true);
  });

  it("a label's row deleted: its words say so", async () => {
    const label = textOf(WORDED.find(({ name }) => name === "词")!.rows[1]![1]);
    const texts = await sentences(changed(WORDED, "类别", (rows) => rows.filter((row) => row[1] !== label)));
    expect(texts[0]).toMatch(new RegExp(`^工作表“词” B2“${label}”`));
  });

  it("a label's row deleted of which something was learned", async () => {
    const texts = await sentences(changed(NORTH, "类别", (rows) => rows.filter((_, i) => i !== 1)));
    expect(texts[0]).toMatch(/^工作表“类别”：学得的权重里有规则包没有的标签/);
  });

  it.each(["参数", "条款", "期限", "处罚", "责任", "词", "案例", "其他", "原件", "README"])(
    "sheet %s missing",
    async (name) => {
      expect(await sentences(NORTH.filter((grid) => grid.name !== name))).toEqual([
        `工作表“${name}”：缺少工作表“${name}”；请从导出的文件把它补回来，或重新导出`,
      ]);
    },
  );

  it("a column renamed: its header's cell, and what it was called", async () => {
    expect(await sentences(withCell(NORTH, "期限", 1, "环节", "环节名"))).toEqual([
      expect.stringMatching(/^工作表“期限” [A-Z]+1“环节名”：列“环节名”不认识，是否由“环节”改名而来？/),
    ]);
  });

  it("a column taken out", async () => {
    const without = changed(NORTH, "参数", (rows) => rows.map((row) => row.slice(0, -2)));
    expect((await sentences(without))[0]).toMatch(/^工作表“参数” 第1行：缺少列：/);
  });

  it("a column of somebody's own would be lost, so it is named", async () => {
    const more = changed(NORTH, "参数", (rows) => rows.map((row, i) => [...row, i === 0 ? "我的备注" : null]));
    expect((await sentences(more))[0]).toMatch(/“我的备注”：列“我的备注”不认识；读回时会丢失/);
  });

  it("the kept files damaged", async () => {
    const texts = await sentences(changed(NORTH, "原件", (rows) => rows.map((row, i) => (i === 1 ? ["x"] : row))));
    expect(texts).toEqual([expect.stringContaining("隐藏的工作表“原件”被改动或损坏")]);
  });

  it("blank rows between, rows sorted, columns moved: nothing is wrong", async () => {
    const moved = changed(NORTH, "参数", (rows) => {
      const [header, ...rest] = rows.map((row) => [...row].reverse());
      return [header!, [], ...rest];
    });
    const found = await packFromSheets(moved);
    expect(found.kind === "read" && found.files["parameters.json"]).toBe(
      packFiles("furniture-north").get("parameters.json"),
    );
  });
});

describe("words of labels", () => {
  it("come back with their labels, for and against", async () => {
    const found = await packFromSheets(WORDED);
    if (found.kind !== "read") throw new Error(found.problems[0]?.text.en);
    expect(
      found.pack.labels.every(
        ({ phrases, counterPhrases }) => phrases[0]?.weight === 2 && counterPhrases?.[0]?.weight === 1.5,
      ),
    ).toBe(true);
  });
});

describe("every cell of every pack", () => {
  // One cell of each column of each sheet at a time would be thousands of runs: each sheet's columns are spoilt in turn, a
  // sheet a pack, and each has to be refused at that very sheet or to come back as it is written.
  it.each(PACK_FOLDERS.slice(0, 3))(
    "%s: nonsense is refused on its own sheet or stands as a text",
    async (id) => {
      const grids = gridsOf(id);
      for (const grid of grids) {
        if (grid.rows.length < 2 || grid.name === "原件") continue;
        const [headers] = grid.rows;
        for (const [column, header] of (headers ?? []).entries()) {
          if (header === "错误" || header === "结果" || (column + grid.name.length) % 4 > 0) continue;
          const row = grid.rows.findIndex((cells, i) => i > 0 && filled(cells[column]));
          if (row < 0) continue;
          const found = await packFromSheets(withCell(grids, grid.name, row + 1, textOf(header), "§§ 乱写"));
          if (found.kind === "problems") {
            expect(found.problems.length, `${grid.name} ${textOf(header)}`).toBeGreaterThan(0);
            expect(found.problems.every(({ text }) => text.zh !== "" && text.en !== "")).toBe(true);
          }
        }
      }
    },
    60_000,
  );
});

describe("the hidden sheet of a stranger's workbook", () => {
  const files = Object.fromEntries(packFiles("furniture-north"));
  const carrying = (before: Record<string, string>): SheetGrid[] => {
    const packed = packText(before);
    return NORTH.map((grid) => (grid.name === ORIGINAL_NAME ? { ...grid, rows: [[ORIGINAL_NAME], [packed]] } : grid));
  };

  it.each([
    ["no JSON", "evil"],
    ["half of one", '{"id": "furniture-north",'],
    ["another kind of value", "[]"],
    ["nested without end", "[".repeat(200_000)],
    ["nested without end, and closed", "[".repeat(200_000) + "]".repeat(200_000)],
  ])("%s in the place of a file: the sheets say what the pack is", async (_, text) => {
    const found = await packFromSheets(carrying({ ...files, "pack.json": text }));
    expect(found.kind === "read" && JSON.parse(found.files["pack.json"]!)).toEqual(JSON.parse(files["pack.json"]!));
  });

  it("brings no file of its own, whatever its name", async () => {
    const found = await packFromSheets(carrying({ ...files, "../evil.txt": "x", "cases/../../evil.json": "{}" }));
    if (found.kind === "read") expect(Object.keys(found.files).filter((path) => path.includes(".."))).toEqual([]);
    else expect(found.problems.length).toBeGreaterThan(0);
  });
});
