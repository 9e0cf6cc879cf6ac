import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { anchorText } from "../../src/books/anchors.js";
import { examineNotices, noticeFiles, payrollFiles } from "../../src/jobs/issue-notices.js";
import { mayWrite, judgeLedger, type MayWrite } from "../../src/jobs/judge-ledger.js";
import { findPerson, makeStatement, statementFile } from "../../src/jobs/make-statement.js";
import { reportSheet } from "../../src/jobs/make-report.js";
import { anchorsOfPaper } from "../../src/jobs/paper-anchors.js";
import { verifyLedger } from "../../src/jobs/verify-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { loss, office, optionsAt, person } from "./office-year.js";

/** Papers that leave bear how far the book had come, and `verify` holds the book to them. */

const template = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, "..", "..", "templates", "notices", name));

describe("papers of a month", () => {
  let bytes: Uint8Array;
  let leave: MayWrite;
  let papers: Record<string, Uint8Array>;
  let anchor: string;
  const snapshotOf = (file: Uint8Array) => openFileLedger(file, { codec: nodeCodec }).snapshot;
  const verified = (file: Uint8Array, paper: Uint8Array) =>
    verifyLedger(snapshotOf(file), { language: "zh", key: undefined, anchors: anchorsOfPaper(paper, nodeCodec) });

  beforeAll(async () => {
    const start = await office({
      rows: [loss("F1", "张三", 5000, "2026-02-05"), loss("F2", "李四", 100, "2026-02-06")],
      people: [person("A01", "张三"), person("A02", "李四")],
    });
    const ledger = openFileLedger(start, { codec: nodeCodec });
    const notices = examineNotices(ledger.snapshot, optionsAt("2026-03-02"), { month: "2026-02", issue: true });
    leave = mayWrite(await notices.ledger.judgement());
    bytes = ledger.write(leave.write!).bytes;
    const docx = { few: template("扣款通知单.docx"), many: template("扣款通知单（多项）.docx") };
    const [word] = await noticeFiles(leave, notices, { docx });
    const [excel] = await noticeFiles(leave, notices, "workbook");
    const { workbook, texts } = await payrollFiles(leave, notices);
    const after = mayWrite(await judgeLedger(snapshotOf(bytes), optionsAt("2026-03-02")));
    const found = findPerson(after, "A01");
    const statement = found.kind === "found" ? makeStatement(after, found.person, {}) : undefined;
    papers = {
      word: word!.bytes,
      excel: excel!.bytes,
      payroll: workbook.bytes,
      csv: texts[0]!.bytes,
      statement: (await statementFile(after, statement!)).bytes,
    };
    anchor = verifyLedger(snapshotOf(bytes), { language: "zh", key: undefined, anchors: [] }).anchor;
    expect(reportSheet(after, { report: "month", period: "2026-02" }).remark).toContain(anchor);
  }, 120_000);

  it.each(["word", "excel", "payroll", "statement"])(
    "the %s paper bears the book's check, and the book holds to it",
    (name) => {
      expect(anchorsOfPaper(papers[name]!, nodeCodec).map(anchorText)).toEqual([anchor]);
      expect(verified(bytes, papers[name]!).flaws).toEqual([]);
    },
  );

  it("a book made anew with another sum does not hold to the paper of the first", async () => {
    const start = await office({ rows: [loss("F1", "张三", 4000, "2026-02-05")], people: [person("A01", "张三")] });
    const ledger = openFileLedger(start, { codec: nodeCodec });
    const notices = examineNotices(ledger.snapshot, optionsAt("2026-03-02"), { month: "2026-02", issue: true });
    const forged = ledger.write(mayWrite(await notices.ledger.judgement()).write!).bytes;
    expect(verifyLedger(snapshotOf(forged), { language: "zh", key: undefined, anchors: [] }).flaws).toEqual([]);
    expect(verified(forged, papers.word!).flaws.map(({ kind }) => kind)).toContain("cut");
  });

  it("扣款通知 is made with drop-downs and notes for the columns that people fill in", () => {
    const parts = unzipSync(bytes);
    const sheets = Object.entries(parts).flatMap(([name, part]) =>
      /worksheets\/sheet/.test(name) ? [strFromU8(part)] : [],
    );
    const [notices] = sheets.filter((xml) => xml.includes("签收,拒签,邮寄"));
    expect(notices).toContain("拟发,已发,已送达,异议中,维持,变更,撤销");
    expect(notices!.match(/<dataValidation /g)).toHaveLength(8);
  });
});
