import { afterEach, describe, expect, it } from "vitest";
import { anchorText } from "../../src/books/anchors.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { anchorsOfPaper } from "../../src/jobs/paper-anchors.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { loss, office, person } from "../ledger/office-year.js";
import { closePanes, openPaneHere, type PaneHere } from "./pane-here.js";

/** The books at the pane's desk: proved, a statement, and what people decide, on the real client, host and session. */

afterEach(closePanes);

async function shop(): Promise<PaneHere> {
  const rows = [loss("F1", "张三", 5000, "2026-02-05")];
  const bytes = await office({ rows, people: [person("A01", "张三", { joined: "2025-01-01" })] });
  const here = await openPaneHere(readBook(bytes, "shop.xlsx", nodeCodec));
  await here.pane.papers.issueNotices("2026-02");
  return here;
}

describe("the desk of the books", () => {
  it("says that the books are whole, and where they are not", async () => {
    const here = await shop();
    expect(await here.pane.desk.verify()).toMatchObject({ flaws: [], notices: 1 });
    here.author.type("扣款凭证", "M2", 1);
    const { flaws } = (await here.pane.desk.verify())!;
    expect(flaws[0]).toMatchObject({ kind: "changed" });
  });

  it("with a key proves and posts by it, without it nothing; the key is kept nowhere", async () => {
    const rows = [loss("F1", "张三", 5000, "2026-02-05"), loss("F2", "张三", 100, "2026-02-06")];
    const bytes = await office({ rows, people: [person("A01", "张三", { joined: "2025-01-01" })] });
    const here = await openPaneHere(readBook(bytes, "shop.xlsx", nodeCodec));
    const { desk, papers, worker, ledger } = here.pane;
    await ledger.look();
    await desk.useKey(" 只有财务知道的钥匙 ");
    await papers.issueNotices("2026-02");
    expect((await desk.verify())!.flaws).toEqual([]);
    // A worker that was stopped is told again.
    worker.stop();
    expect((await desk.verify())!.flaws).toEqual([]);
    const before = here.values("扣款凭证").length;
    expect(before).toBeGreaterThan(2);
    for (const key of ["", "另一把"]) {
      await desk.useKey(key);
      expect((await desk.verify())!.flaws[0]).toMatchObject({ kind: "changed" });
      expect((await desk.verify())!.flaws[0]!.text).toContain("密钥");
      await desk.carryOut({ kind: "撤销", of: "F1", reason: "查明非本人" });
      expect(here.values("扣款凭证").length).toBe(before);
    }
    await desk.useKey("只有财务知道的钥匙");
    await desk.carryOut({ kind: "撤销", of: "F1", reason: "查明非本人" });
    expect(here.values("扣款凭证").length).toBeGreaterThan(before);
    expect((await desk.verify())!.flaws).toEqual([]);
    expect(JSON.stringify(here.host.book)).not.toContain("只有财务知道的钥匙");
    expect(JSON.stringify(here.pane.store.get())).not.toContain("只有财务知道的钥匙");
  });

  it("shows what a 撤销 would post, posts it once confirmed, and hands over the paper that gives back", async () => {
    const here = await shop();
    const act = { kind: "撤销", of: "F1", reason: "查明非本人" } as const;
    const before = here.values("扣款凭证").length;
    const looked = await here.pane.desk.look(act);
    expect(looked!.lines.map(({ kind }) => kind)).toEqual(["退还", "冲回"]);
    expect(here.values("扣款凭证").length).toBe(before);
    const done = await here.pane.desk.carryOut(act);
    expect(done!.problem).toBeUndefined();
    expect(here.values("扣款凭证").length).toBe(before + 2);
    const { anchor, flaws } = (await here.pane.desk.verify())!;
    expect(flaws).toEqual([]);
    expect(anchorsOfPaper(done!.papers!.bytes, nodeCodec).map(anchorText)).toContain(anchor);
    expect((await here.pane.desk.look(act))!.problem).toContain("已经撤销");
  });

  it("hands over a person's statement with the book's check", async () => {
    const here = await shop();
    await here.pane.ledger.look();
    const when = here.pane.ledger.when();
    const [who] = await here.pane.worker.call("persons", when);
    expect(who).toEqual({ employeeNo: "A01", name: "张三" });
    const { bytes } = await here.pane.worker.call("statement", { ...when, person: who! });
    const { anchor } = (await here.pane.desk.verify())!;
    expect(anchorsOfPaper(bytes, nodeCodec).map(anchorText)).toEqual([anchor]);
  });

  it("clears the data of somebody who has left, and the views follow", async () => {
    const here = await shop();
    await here.pane.desk.carryOut({ kind: "核销", of: "A01", reason: "离职" });
    here.author.type("人员", "K2", 46_082);
    const done = await here.pane.desk.carryOut({ kind: "清除", person: "A01" });
    expect(done!.problem).toBeUndefined();
    const told = JSON.stringify(["扣款凭证", "扣款通知", "扣款台账"].map((sheet) => here.values(sheet)));
    expect(told).not.toContain("张三");
    expect((await here.pane.desk.verify())!.flaws).toEqual([]);
  });

  it("makes 扣款通知 with drop-downs and notes for the columns that people fill in", async () => {
    const here = await shop();
    const { dataValidations } = here.host.book.model.sheets.find(({ name }) => name === "扣款通知")!;
    const told = JSON.stringify(dataValidations.map(({ settings }) => settings));
    expect(told).toContain("签收,拒签,邮寄");
    expect(told).toContain("拟发,已发,已送达,异议中,维持,变更,撤销");
    expect(dataValidations).toHaveLength(8);
  });
});
