import { describe, expect, it } from "vitest";
import type { Day } from "../../src/domain/wall-time.js";
import { BONUS_CAP, claim, company, day, drafted, draftOf, EMPTY, lock, settled, told, yuan } from "./small-book.js";

const BIG = { wage: yuan(8000), bonus: yuan(1000) };

describe("ceilings by the day", () => {
  it("a cap lowered from 50 % to 40 % within a month takes 50 % at most, never 90 %", () => {
    const caps = (_: string, on: Day) => [BONUS_CAP(on < day("2026-03-15") ? 50 : 40)];
    const terms = company({ people: { 张三: BIG }, caps });
    const judged = [settled(claim("A1", "张三", 700, "2026-03-10")), settled(claim("A2", "张三", 700, "2026-03-20"))];
    const draft = draftOf(EMPTY, { judged, terms, now: "2026-03-31" });
    expect(drafted(draft)).toEqual(["确定 2026-03 700", "确定 2026-03 700", "扣款 2026-03 500"]);
  });

  it("a carried sum meets the value of the month's last day", () => {
    const caps = (_: string, on: Day) => [BONUS_CAP(on < day("2026-04-20") ? 50 : 30)];
    const terms = company({ people: { 张三: BIG }, caps });
    const judged = [settled(claim("A1", "张三", 2000, "2026-03-10"))];
    const draft = draftOf(EMPTY, { judged, terms, now: "2026-04-30" });
    expect(drafted(draft)).toEqual(["确定 2026-03 2000", "扣款 2026-03 500", "扣款 2026-04 300"]);
  });

  it("a cap raised within a month takes the new value once, what was taken counted", () => {
    const caps = (_: string, on: Day) => [BONUS_CAP(on < day("2026-03-15") ? 40 : 50)];
    const terms = company({ people: { 张三: BIG }, caps });
    const judged = [settled(claim("A1", "张三", 700, "2026-03-10")), settled(claim("A2", "张三", 700, "2026-03-20"))];
    const draft = draftOf(EMPTY, { judged, terms, now: "2026-03-31" });
    expect(drafted(draft).slice(2)).toEqual(["扣款 2026-03 400", "扣款 2026-03 100"]);
  });

  it("绩效核减 never takes more than the month's bonus, losses no more than 20 % of the wage, all together the wage above the minimum", () => {
    const law = { loss: { percent: 20, source: "工资支付暂行规定第十六条" }, minimumWage: yuan(2300) };
    const terms = company({ people: { 张三: { wage: yuan(4000), bonus: yuan(1000) } }, law });
    const judged = [
      settled(claim("A1", "张三", 1500, "2026-03-01")),
      settled(claim("A2", "张三", 1500, "2026-03-02", { type: "损失赔偿" })),
    ];
    const draft = draftOf(EMPTY, { judged, terms, now: "2026-03-31" });
    expect(drafted(draft).slice(2)).toEqual(["扣款 2026-03 1000", "扣款 2026-03 700"]);
    expect(draft.months[0]!.lines[3]!.entry.rests).toContain("月工资4000.00×20%＝800.00");
    expect(draft.months[0]!.lines[3]!.entry.rests).toContain(
      "月工资4000.00－当地最低工资2300.00＝1700.00｜已用 1000.00",
    );
  });

  it("大过 comes first in its own month, its rest lapses, and the loss share is carried on", () => {
    const caps = () => [{ clause: "第二十四条", covers: ["绩效核减", "行政处分"] as const, percentOfBonus: 100 }];
    const terms = company({ people: { 张三: BIG }, caps });
    const judged = [
      settled(claim("A1", "张三", 300, "2026-03-01")),
      settled(claim("A2", "张三", 1500, "2026-03-20", { type: "行政处分", reason: "大过", ownMonthOnly: true })),
    ];
    const draft = draftOf(EMPTY, { judged, terms, now: "2026-04-30" });
    expect(drafted(draft)).toEqual([
      "确定 2026-03 300",
      "确定 2026-03 1500",
      "扣款 2026-03 1000",
      "作废 2026-03 500",
      "扣款 2026-04 300",
    ]);
  });

  it("who was never in 人员 is deducted in full with a message, and so is everybody where 人员 is missing", () => {
    const judged = [settled(claim("A1", "张三", 900, "2026-03-01"))];
    const never = draftOf(EMPTY, { judged, terms: company({ caps: () => [BONUS_CAP(50)] }), now: "2026-03-31" });
    expect(drafted(never)).toEqual(["确定 2026-03 900", "扣款 2026-03 900"]);
    expect(never.findings).toEqual([
      { kind: "unlisted", person: { name: "张三", employeeNo: undefined }, month: "2026-03", figuresPosted: false },
    ]);
    const missing = draftOf(EMPTY, { judged, terms: company({ noSheet: true }), now: "2026-03-31" });
    expect(drafted(missing)).toEqual(["确定 2026-03 900", "扣款 2026-03 900"]);
  });

  it("nothing is taken after the month of 离职日期; a row of 人员 that is gone means no such thing", () => {
    const caps = () => [BONUS_CAP(50)];
    const judged = [settled(claim("A1", "张三", 1300, "2026-01-05"))];
    const here = { judged, terms: company({ people: { 张三: BIG }, caps }), now: "2026-01-31" };
    const book = lock(EMPTY, "2026-01", here);
    const left = company({ people: { 张三: { ...BIG, lastMonth: "2026-01" } }, caps });
    const gone = draftOf(book, { judged, terms: left, now: "2026-02-28" });
    expect(drafted(gone)).toEqual([]);
    expect(gone.findings).toContainEqual(expect.objectContaining({ kind: "left", owed: yuan(800) }));
    // The row is gone: wage and bonus of the last posted entry still set the ceiling.
    const draft = draftOf(book, { judged, terms: company({ caps }), now: "2026-02-28" });
    expect(drafted(draft)).toEqual(["扣款 2026-02 500"]);
    expect(draft.findings).toContainEqual(expect.objectContaining({ kind: "unlisted", figuresPosted: true }));
  });

  it("a pack that is not here takes what is posted within the caps that were posted", () => {
    const judged = [settled(claim("A1", "张三", 1300, "2026-01-05"))];
    const people = { 张三: BIG };
    const caps = () => [BONUS_CAP(50)];
    const book = lock(EMPTY, "2026-01", { judged, terms: company({ people, caps }), now: "2026-01-31" });
    const without = company({ people, caps: () => undefined });
    const draft = draftOf(book, { judged: [], terms: without, now: "2026-02-28" });
    expect(drafted(draft)).toEqual(["扣款 2026-02 500"]);
    expect(draft.findings).toContainEqual({ kind: "pack-terms-posted", packId: "franchise-retail" });
  });

  it("no claim is drafted that is settled after today, and no month after the clock", () => {
    const judged = [settled(claim("A1", "张三", 1300, "2062-01-05"))];
    const draft = draftOf(EMPTY, { judged, terms: company({ people: { 张三: BIG } }), now: "2026-01-31" });
    expect(draft.months).toEqual([]);
    expect(draft.findings).toEqual([expect.objectContaining({ kind: "settled-later", settledOn: day("2062-01-05") })]);
    const long = [settled(claim("A1", "张三", 99_999, "2026-01-05"))];
    const months = draftOf(EMPTY, {
      judged: long,
      terms: company({ people: { 张三: BIG } }),
      now: "2026-03-31",
    }).months;
    expect(months.map(({ month }) => month)).toEqual(["2026-01", "2026-02", "2026-03"]);
  });
});

describe("what is posted stands", () => {
  const judged = [settled(claim("A1", "张三", 2300, "2026-01-10", { type: "损失赔偿" }))];
  const law = { minimumWage: yuan(2000) };
  const people = { 张三: { wage: yuan(4300), bonus: yuan(1000) } };

  it("a raise of 当地最低工资 leaves a posted January as it is and takes nothing twice", () => {
    const book = lock(EMPTY, "2026-01", { judged, terms: company({ people, law }), now: "2026-01-31" });
    expect(told(book.entries)).toEqual(["确定 2026-01 2300", "扣款 2026-01 2300"]);
    const raised = company({ people, law: { minimumWage: yuan(2190) } });
    const draft = draftOf(book, { judged, terms: raised, now: "2026-02-28" });
    expect(drafted(draft)).toEqual([]);
  });

  it("a raise of a wage makes nothing vanish", () => {
    const more = [settled(claim("A1", "张三", 6500, "2026-01-10", { type: "损失赔偿" }))];
    const book = lock(EMPTY, "2026-01", { judged: more, terms: company({ people, law }), now: "2026-01-31" });
    const raised = company({ people: { 张三: { wage: yuan(9000) } }, law });
    const draft = draftOf(book, { judged: more, terms: raised, now: "2026-02-28" });
    expect(drafted(draft)).toEqual(["扣款 2026-02 4200"]);
  });

  it("a person with more claims than a call takes arguments is drafted as any other, each hold told once", () => {
    // A platform's year through `batch`: 45,000 held claims over three months were 135,000 arguments.
    const many = Array.from({ length: 45_000 }, (_, i) =>
      settled(claim(`A${i}`, "张三", 1, "2026-01-10", { type: "损失赔偿" })),
    );
    const terms = company({ people, law: { ...law, noticeFirst: "第一条" } });
    const { months, findings } = draftOf(EMPTY, { judged: many, terms, now: "2026-03-31" });
    expect(months.map(({ month, lines }) => [month, lines.length])).toEqual([
      ["2026-01", 90_001],
      ["2026-02", 1],
      ["2026-03", 1],
    ]);
    expect(findings.filter(({ kind }) => kind === "held")).toHaveLength(3);
  });

  it("processing a locked book again posts nothing", () => {
    const scene = { judged, terms: company({ people, law }), now: "2026-01-31" };
    const book = lock(EMPTY, "2026-01", scene);
    expect(draftOf(book, scene).months).toEqual([]);
  });
});
