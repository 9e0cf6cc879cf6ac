import { describe, expect, it } from "vitest";
import { parseIso, toSerial } from "../../src/domain/wall-time.js";
import { examineNotices, payrollFiles } from "../../src/jobs/issue-notices.js";
import { mayWrite } from "../../src/jobs/judge-ledger.js";
import { fileHome } from "./homes.js";
import { loss, Office, office, optionsAt, person } from "./office-year.js";

/** What payroll takes and pays back is all that the books say was taken and paid back: no line falls between two lists. */

async function shop(): Promise<Office> {
  const rows = [
    loss("F1", "张三", 900, "2026-01-05"),
    loss("F2", "李四", 500, "2026-02-05"),
    loss("F3", "王五", 300, "2026-03-05"),
    loss("F4", "赵六", 200, "2026-02-06"),
  ];
  const people = ["张三", "李四", "王五", "赵六"].map((name, i) => person(`A0${i + 1}`, name));
  return new Office(fileHome(await office({ rows, people })));
}

/** 本月实扣 of every line of a month's list: 姓名 and sum. */
async function list(shop: Office, month: string, day: string): Promise<string[]> {
  const notices = examineNotices(await shop.read(), optionsAt(day), { month, issue: true });
  const leave = mayWrite(await notices.ledger.judgement());
  const { texts } = await payrollFiles(leave, notices);
  // A line tells what was taken or paid back, never that nothing was.
  expect(new TextDecoder().decode(texts[0]!.bytes)).not.toMatch(/[扣退]0\.00元/);
  if (leave.write) await shop.home.write(leave.write);
  const [head, ...lines] = new TextDecoder()
    .decode(texts[0]!.bytes)
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line) => line.split(","));
  const at = head!.indexOf("本月实扣");
  // What is paid back has a paper, and its line says which.
  const paper = head!.indexOf("通知编号");
  for (const cells of lines) if (cells[at]!.startsWith("-")) expect(cells[paper]).toMatch(/^TZ-/);
  return lines.map((cells) => `${cells[0]!.slice(-7)} ${cells[1]!} ${cells[at]!}`).sort();
}

describe("the list for payroll", () => {
  it("holds what an act posts under an earlier month, a refund or a deduction, once and in its own list", async () => {
    const books = await shop();
    expect(await list(books, "2026-01", "2026-01-31")).toEqual(["2026-01 张三 900.00"]);
    // 张三 has no month of his own since: what is given back in March stands under February.
    books.type("Notices", 0, "状态", "撤销");
    books.type("Notices", 0, "撤销原因", "查明不是本人所为");
    // February was never noticed: its deductions are posted with March, and the papers say so.
    const planned = examineNotices(await books.read(), optionsAt("2026-03-31"), { month: "2026-03", issue: false });
    await planned.ledger.judgement();
    const papers = planned.pages.filter(({ isRefund }) => !isRefund);
    expect(papers.map(({ notice, deduction }) => [notice.subject, deduction?.deducted])).toEqual([
      ["李四", 50_000],
      ["赵六", 20_000],
      ["王五", 30_000],
    ]);
    for (const { remarks } of papers) expect(remarks.join()).not.toContain("部门承担");
    const march = await list(books, "2026-03", "2026-03-31");
    expect(march).toEqual([
      "2026-02 张三 -900.00",
      "2026-02 李四 500.00",
      "2026-02 赵六 200.00",
      "2026-03 王五 300.00",
    ]);
    expect(await list(books, "2026-03", "2026-03-31")).toEqual(march);
    // Decided by hand afterwards: with the next month's.
    await books.act({ kind: "撤销", of: "F4", reason: "查明不是本人所为" }, "2026-04-10");
    expect(await list(books, "2026-04", "2026-04-30")).toContain("2026-03 赵六 -200.00");
    expect(await books.flaws()).toEqual([]);
  });

  it("a paper that gives back says why", async () => {
    const books = await shop();
    await list(books, "2026-01", "2026-01-31");
    books.type("Notices", 0, "状态", "变更");
    books.type("Notices", 0, "复核日期", toSerial(parseIso("2026-02-10")!));
    books.type("Complaints", 0, "损失金额", 400);
    const notices = examineNotices(await books.read(), optionsAt("2026-02-28"), { month: "2026-02", issue: false });
    await notices.ledger.judgement();
    const changed = notices.pages.find(({ isRefund }) => isRefund)!;
    expect(changed.items.map(({ formula }) => formula)).toEqual([expect.stringMatching(/^改为.*400/)]);
    books.type("Notices", 0, "状态", "撤销");
    books.type("Notices", 0, "撤销原因", "查明不是本人所为");
    const withdrawn = examineNotices(await books.read(), optionsAt("2026-02-28"), { month: "2026-02", issue: false });
    await withdrawn.ledger.judgement();
    const [refund] = withdrawn.pages.filter(({ isRefund }) => isRefund);
    expect(refund!.items.map(({ formula, amount }) => [formula, amount])).toEqual([["查明不是本人所为", -90_000]]);
    expect(refund!.remarks[0]).toContain("原因");
  });
});
