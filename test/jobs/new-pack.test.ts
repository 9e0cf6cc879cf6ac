import { describe, expect, it } from "vitest";
import { newPack, type NewPack } from "../../src/jobs/new-pack/new-pack.js";
import { blankQuestionnaire } from "../../src/jobs/new-pack/questionnaire.js";
import { packFromSheets, packTables } from "../../src/jobs/pack-tables.js";
import { checkPack } from "../../src/process/check-packs.js";
import { gridOf } from "../../src/rules-sheets/pack-sheets.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

/** A pack from a questionnaire, as somebody writes it who has a regulation and no pack. */

const packs = loadAllPacks();

const SHOP = `名称：河西门店顾客投诉处理规定
文件：河西店规〔2026〕5号
自何日起：2026-01-01

【条款】
第一条｜目的：让顾客的意见有人办｜宗旨，没有可判断的条件
第二条｜投诉分质量、态度、配送三类
第三条｜接到后两小时内首次回复，七天内办结
第四条｜服务态度恶劣查实的，责任人每次扣绩效100元
第五条｜逾期未办结的，接待人扣绩效50元；隐瞒不报的扣200元

【类别】
产品质量｜第二条｜开胶、掉漆｜质检员
服务态度｜第二条｜｜店长
配送延迟｜第二条｜送晚了

【期限】
首次回复｜2 小时｜第三条
结案｜7 天｜第三条

【处罚】
服务态度｜责任人｜100 元｜第四条
逾期：结案｜接待人｜50 元（样例）｜第五条
违规：隐瞒不报｜责任人｜200 元｜第五条
`;

function make(text: string): Promise<NewPack> {
  return newPack("my-shop", text, { packs, statutes: STATUTES }, "zh");
}

async function made(text: string): Promise<Extract<NewPack, { kind: "made" }>> {
  const found = await make(text);
  if (found.kind !== "made") throw new Error(JSON.stringify(found.problems));
  return found;
}

const CANTEEN = `Name: Lakeside canteen complaints
Document: LC-3/2026
In force from: 2026-01-01

[Clauses]
Article 1 | Purpose | an aim without a condition
Article 2 | Kinds: food, manner
Article 3 | first reply within two hours, closed within three days
Article 4 | a foreign body costs whoever is responsible 80 yuan
Article 5 | late closing costs the receiver 50 yuan

[Categories]
Food quality | Article 2 | hair, undercooked | head cook
Manner of service | Article 2

[Limits]
first reply | 2 hours | Article 3
close | 3 working days | Article 3 | Handed over at

[Penalties]
Food quality | person | 80 yuan | Article 4
late: close | receiver | bonus 5% (sample) | Article 5 | fine
`;

describe("a regulation in English", () => {
  it("is answered in English, and becomes a pack without a loose end", async () => {
    const { pack } = await made(CANTEEN);
    const check = checkPack(pack, new Map([...packs, ["my-shop", pack]]), STATUTES);
    expect(check).toMatchObject({ failures: [], neverHit: [], neverSilent: [], clausesWithoutRule: [], findings: [] });
    expect(pack.rules.map(({ rule }) => rule.event)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          params: expect.objectContaining({ stage: "close", from: ["handoverAt"] }) as object,
        }),
        expect.objectContaining({ params: expect.objectContaining({ kind: "罚款" }) as object }),
      ]),
    );
  });
});

describe("texts of a new pack", () => {
  it("have no English where nobody has said it in English", async () => {
    const { files } = await made(SHOP);
    expect(JSON.parse(files["pack.json"]!)).toMatchObject({ title: { zh: "河西门店顾客投诉处理规定" } });
    expect(files["pack.json"]).not.toContain('"en"');
  });

  it("take figures as regulations write them out", async () => {
    const { files } = await made(SHOP.replace("结案｜7 天", "结案｜十五天"));
    expect(files["parameters.json"]).toContain('"value": 15');
  });
});

describe("a regulation of five clauses", () => {
  it("becomes a pack without an error or a loose end, with a case for each rule that says what comes out", async () => {
    const { pack, files } = await made(SHOP);
    const check = checkPack(pack, new Map([...packs, ["my-shop", pack]]), STATUTES);
    expect(check).toMatchObject({
      failures: [],
      neverHit: [],
      neverSilent: [],
      unusedParameters: [],
      unlistedClauses: [],
    });
    expect(check).toMatchObject({ clausesWithoutRule: [], clausesWithoutCase: [], findings: [] });
    expect(files["cases/first.json"]).toContain('"closeDue": "2026-03-09T23:59:59"');
    expect(files["cases/first.json"]).toContain('"penalty": "100.00"');
    expect(files["cases/first.json"]).not.toContain('"?"');
  });

  it("tells categories by the concepts that other packs have for them, and by its own words where nobody knows one", async () => {
    const { categories } = await made(SHOP);
    expect(categories.map(({ label, concepts }) => [label, concepts.length > 0])).toEqual([
      ["产品质量", true],
      ["服务态度", true],
      ["配送延迟", true],
    ]);
    expect(categories[2]!.words).toEqual(["送晚了"]);
  });

  it("goes through the sheets as any other pack", async () => {
    const { files } = await made(SHOP);
    const found = await packFromSheets(packTables(files).map(gridOf));
    expect(found.kind === "read" && found.files).toEqual(files);
  });

  it("says that a figure is a sample where the text gives none", async () => {
    const { pack } = await made(SHOP);
    expect(pack.parameters.get("penalty2")!.values[0]!.source.stated).toBe(false);
    expect(pack.parameters.get("penalty1")!.values[0]!.source.stated).toBe(true);
  });
});

describe("every kind of answer", () => {
  const WHO = ["责任人", "接待人", "责任人的上级", "责任单位", "责任部门"];
  const HOW_MUCH = ["100 元", "损失 30%", "奖金 10%", "12.5"];
  it.each(WHO)("%s pays a sum, a share of the loss or of the bonus; its cases hold", async (who) => {
    const lines = HOW_MUCH.map((amount) => `违规：${amount.replace(/[ %]/g, "")}｜${who}｜${amount}｜第五条`);
    const { pack } = await made(`${SHOP}${lines.join("\n")}`);
    expect(checkPack(pack, new Map([["my-shop", pack]]), STATUTES).failures).toEqual([]);
  });

  it.each(["上报｜立即", "移交｜下班前｜第三条", "调查｜3 工作日｜第三条｜移交时间", "回访｜15 天｜第三条｜结案时间"])(
    "a limit: %s",
    async (line) => {
      const found = await make(SHOP.replace("【处罚】", `${line}\n\n【处罚】`));
      if (line.includes("立即")) expect(found).toMatchObject({ kind: "problems", problems: [{ line: 21 }] });
      else if (found.kind !== "made") throw new Error(JSON.stringify(found));
    },
  );

  it("a pack that begins later has its cases later", async () => {
    const { files } = await made(SHOP.replace("2026-01-01", "2026-09-01"));
    expect(files["cases/first.json"]).toContain('"now": "2026-09-01T09:00"');
  });
});

describe("limits that differ at home and abroad", () => {
  const LAMPS = SHOP.replace(
    "结案｜7 天｜第三条",
    "结案（国内）｜5 个工作日｜第三条\n结案（国外）｜十个工作日｜第三条",
  ).replace("服务态度｜责任人｜100 元", "产品质量｜责任班组｜损失 30%");

  it("are two lines, two parameters and two rules; a place on no list is asked about; nothing is left open", async () => {
    const made = await make(LAMPS);
    if (made.kind !== "made") throw new Error(made.problems.map(({ text }) => text).join());
    const closing = [...made.pack.parameters.values()].filter(({ name }) => name.startsWith("closeLimit"));
    expect(closing.map(({ name, unit, values }) => [name, unit, values[0]?.value])).toEqual([
      ["closeLimitHome", "workingDays", 5],
      ["closeLimitAbroad", "workingDays", 10],
    ]);
    expect(made.pack.header.stages).toEqual(["firstReply", "close"]);
    const check = checkPack(made.pack, new Map([...packs, ["my-shop", made.pack]]), STATUTES);
    expect(check).toMatchObject({ failures: [], findings: [], neverHit: [], unlistedClauses: [] });
    const expected = made.pack.cases.flatMap(({ content }) => content.cases.map(({ expect: { rows } }) => rows?.[0]));
    const dues = expected.flatMap((row) => (row && "closeDue" in row ? [row["closeDue"]] : []));
    expect(dues).toEqual(["2026-03-09T18:00:00", "2026-03-16T18:00:00"]);
  });

  it("a loss that a crew bears is shared among its members", async () => {
    const made = await make(LAMPS);
    if (made.kind !== "made") throw new Error("not made");
    expect(made.files["penalties.json"]).toContain('"share-by-base-points"');
  });

  it("one limit for all beside one for abroad is refused, and says how it is written", async () => {
    const made = await make(SHOP.replace("结案｜7 天｜第三条", "结案｜7 天｜第三条\n结案（国外）｜10 天｜第三条"));
    if (made.kind !== "problems") throw new Error("made");
    expect(made.problems[0]?.text).toContain("结案（国内）、结案（国外）");
  });
});

describe("an answer that can't be read", () => {
  it.each([
    ["服务态度｜第二条｜｜店长", "服务态度｜第八条｜｜店长", 14, /【条款】里没有“第八条”；有：第一条、第二条/],
    ["结案｜7 天｜第三条", "结束｜7 天｜第三条", 19, /没有环节“结束”；可写：上报、移交/],
    ["结案｜7 天｜第三条", "结案｜很快｜第三条", 19, /“很快”/],
    ["服务态度｜责任人｜100 元", "服务｜责任人｜100 元", 22, /“服务”不是【类别】里的类别/],
    ["服务态度｜责任人｜100 元", "服务态度｜大家｜100 元", 22, /不知道“大家”是谁；可写：责任人、接待人/],
    ["服务态度｜责任人｜100 元", "服务态度｜责任人｜一百", 22, /金额“一百”看不懂；请写成 100 元/],
    ["服务态度｜责任人｜100 元", "服务态度｜责任人｜30%", 22, /金额“30%”看不懂/],
    ["逾期：结案", "逾期：核决", 23, /【期限】里没有“核决”/],
    ["【处罚】", "【罚款】", 21, /没有“罚款”这一部分；有：条款、类别、期限、处罚/],
    ["名称：河西门店顾客投诉处理规定", "", 0, /缺少“名称”/],
    ["名称：河西门店顾客投诉处理规定", "名称：", 1, /缺少“名称”/],
    ["自何日起：2026-01-01", "自何日起：明年", 3, /“明年”不是日期/],
  ])("%s → %s: line %i", async (was, is, line, wanted) => {
    const found = await make(SHOP.replace(was, is));
    expect(found).toMatchObject({
      kind: "problems",
      problems: expect.arrayContaining([{ line, text: expect.stringMatching(wanted) as string }]) as unknown,
    });
  });

  it("a blank questionnaire lacks its name, and names it", async () => {
    expect(await make(blankQuestionnaire("zh"))).toMatchObject({
      kind: "problems",
      problems: [{ text: expect.stringContaining("名称") as string }, {}],
    });
  });
});
