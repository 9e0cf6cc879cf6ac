import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import {
  formatPackPart,
  PACK_NAMESPACE,
  packDigest,
  packParts,
  type PackPart,
  type WorkbookPack,
} from "../../src/jobs/workbook-packs.js";
import { examineNotices } from "../../src/jobs/issue-notices.js";
import { mayWrite } from "../../src/jobs/judge-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import type { LedgerSnapshot, RawTable } from "../../src/ledger/port.js";
import type { Mismatch } from "../../src/process/self-check.js";
import type { Input, JobName, Output } from "../../src/worker/messages.js";
import { RulesSession } from "../../src/worker/session.js";
import { packFiles, STATUTES } from "../packs-folder.js";
import { packs, sampleLedger, source } from "./session-source.js";

/** Where a ledger may not be judged, no request of the pane gives anything that could be written or handed on. */

const found = vi.hoisted((): { mismatches: Mismatch[] } => ({ mismatches: [] }));
vi.mock("../../src/process/self-check.js", () => ({ selfCheck: () => Promise.resolve(found.mismatches) }));
beforeEach(() => {
  found.mismatches = [];
});

const when = { now: parseIso("2026-03-31T18:00")!, language: "zh" } as const;
const ask = <Name extends JobName>(session: RulesSession, name: Name, input: Input<Name>): Promise<Output<Name>> =>
  session.run(name, input, () => undefined);

async function sessionOn({ rows, ...head }: LedgerSnapshot): Promise<RulesSession> {
  const session = new RulesSession(source);
  await ask(session, "ledger", { ...head, rowCount: rows.length });
  await ask(session, "rows", rows);
  return session;
}

/** A ledger with another line in 设置. */
function withSetting(snapshot: LedgerSnapshot, name: string, value: string): LedgerSnapshot {
  const settings = snapshot.sideTables.get("Settings")!;
  const rows = [...settings.rows, { row: settings.rows.length + 2, cells: [name, value] }];
  const table: RawTable = { ...settings, rows };
  return { ...snapshot, sideTables: new Map([...snapshot.sideTables, ["Settings", table]]) };
}

const SAMPLE = join(import.meta.dirname, "../../templates/sample-ledger.xlsx");
const sample = sampleLedger();
/** Part of it: what may go out is asked of every request in every situation. */
const small: LedgerSnapshot = { ...sample, rows: sample.rows.slice(0, 24) };

/** The sample after the notices of its last finished month went out. */
let noticed: LedgerSnapshot;
beforeAll(async () => {
  const file = openFileLedger(readFileSync(SAMPLE), { codec: nodeCodec });
  const options = { packs, statutes: STATUTES, ...when };
  const { ledger } = examineNotices(file.snapshot, options, { month: "2026-02", issue: true });
  const { write } = mayWrite(await ledger.judgement());
  const { snapshot } = openFileLedger(file.write(write!).bytes, { codec: nodeCodec });
  noticed = { ...snapshot, rows: snapshot.rows.slice(0, 24) };
}, 60_000);

/** A snapshot with another number in the first line of a table of ours. */
function withFigure(snapshot: LedgerSnapshot, name: "Postings" | "NoticeItems", header: string): LedgerSnapshot {
  const table = snapshot.sideTables.get(name)!;
  const at = table.headers.findIndex((one) => one.header === header);
  const [line, ...others] = table.rows;
  const altered: RawTable = {
    ...table,
    rows: [{ ...line!, cells: line!.cells.map((cell, i) => (i === at ? 7 : cell)) }, ...others],
  };
  return { ...snapshot, sideTables: new Map([...snapshot.sideTables, [name, altered]]) };
}
const [first] = sample.rows;

/** A pack of the sample's with another limit. */
const ownPack: WorkbookPack = {
  id: "general",
  files: {
    ...Object.fromEntries(packFiles("general")),
    "parameters.json": packFiles("general").get("parameters.json")!.replace('"value": 24,', '"value": 12,'),
  },
};

const part = (pack: WorkbookPack): PackPart => packParts([{ name: "{1}", xml: formatPackPart(pack) }])[0]!;

/** A part that means to hold a pack and says no name. */
const unreadable = packParts([{ name: "{7}", xml: `<pack xmlns="${PACK_NAMESPACE}"/>` }]);

interface Situation {
  readonly what: string;
  readonly says: RegExp;
  readonly ledger?: () => LedgerSnapshot;
  readonly parts?: readonly PackPart[];
  readonly mismatches?: readonly Mismatch[];
}

const situations: readonly Situation[] = [
  {
    what: "a lock that can't be read",
    says: /锁定至月份|三月/,
    ledger: () => withSetting(small, "锁定至月份", "三月"),
  },
  {
    what: "a notice altered after it went out",
    says: /TZ-\d{6}-\d{3}/,
    ledger: () => withFigure(noticed, "NoticeItems", "金额"),
  },
  { what: "books that don't prove themselves", says: /PZ/, ledger: () => withFigure(noticed, "Postings", "金额") },
  {
    what: "a self-check that differs",
    says: /自检未通过/,
    mismatches: [{ row: 2, concern: "level", compiled: ["a"], reference: [] }],
  },
  { what: "a pack of the workbook that nobody has confirmed", says: /确认/, parts: [part(ownPack)] },
  { what: "a part of the workbook that holds a pack nobody can read", says: /读不了（\{7\}）/, parts: unreadable },
];

async function sessionIn({ ledger = () => small, parts, mismatches }: Situation): Promise<RulesSession> {
  found.mismatches = [...(mismatches ?? [])];
  const session = await sessionOn(ledger());
  if (parts) await ask(session, "workbookPacks", parts);
  return session;
}

/** What each request gives out where nothing may be written; the compiler asks about every new one. */
const REQUESTS: Readonly<
  Record<JobName, "looks" | ((session: RulesSession, snapshot: LedgerSnapshot) => Promise<unknown>)>
> = {
  judge: async (session) => (await ask(session, "judge", { ...when, selfCheck: true })).write,
  row: async (session, snapshot) => {
    const [row, ...others] = snapshot.rows;
    const { write } = await ask(session, "row", { ...when, snapshot: { ...snapshot, rows: [row!] }, others });
    return write.kind === "may-write" ? write : undefined;
  },
  groupFile: "looks",
  gather: "looks",
  ungather: "looks",
  shopsBehind: "looks",
  shopCopies: async (session) => {
    await ask(session, "groupFile", {
      ...when,
      name: "甲店.xlsx",
      bytes: readFileSync(SAMPLE),
      first: true,
      allSheets: false,
    });
    await ask(session, "gather", { ...when, workbook: "集团.xlsx" });
    await ask(session, "judge", { ...when, selfCheck: true });
    return ask(session, "shopCopies", { archive: "各店.zip" });
  },
  writeRows: (session) => rowsOf(ask(session, "writeRows", { from: 0, count: 10 })),
  tableRows: (session) => rowsOf(ask(session, "tableRows", { table: 0, from: 0, count: 10 })),
  report: (session) => ask(session, "report", { ...when, report: "month", period: "2026-03", mask: false }),
  splitReport: (session) =>
    ask(session, "splitReport", { ...when, report: "month", period: "2026-03", by: "department", mask: false }),
  rowLines: "looks",
  forms: async (session) => {
    const { report } = await ask(session, "judge", { ...when, selfCheck: false });
    const complaint = report.changed.find(({ row }) => row === first!.row)!;
    return ask(session, "forms", { ...when, complaint, form: "投诉受理单", mask: false });
  },
  explanationFile: async (session) => {
    const { report } = await ask(session, "judge", { ...when, selfCheck: false });
    const complaint = report.changed.find(({ row }) => row === first!.row)!;
    return ask(session, "explanationFile", { ...when, complaint, mask: false });
  },
  notices: async (session) => (await ask(session, "notices", { ...when, month: "2026-03", issue: true })).write,
  noticeFile: (session) => ask(session, "noticeFile", { ...when, month: "2026-03" }),
  payrollFile: (session) => ask(session, "payrollFile", { ...when, month: "2026-03" }),
  statement: async (session) => {
    const [person] = await ask(session, "persons", when);
    return ask(session, "statement", { ...when, person: person ?? { name: "张三", employeeNo: undefined } });
  },
  bookAct: (session) => ask(session, "bookAct", { ...when, act: { kind: "年结", year: 2020 }, post: true }),
  clearPerson: (session) => ask(session, "clearPerson", { ...when, person: "张三", post: true }),
  today: (session) => ask(session, "today", when),
  reminders: (session) => ask(session, "reminders", { ...when, kind: "drafts" }),
  // It may mend inputs wherever it stands, and nothing but inputs.
  repair: "looks",
  repairs: "looks",
  newLedger: "looks",
  ledger: "looks",
  rows: "looks",
  reports: "looks",
  formNames: "looks",
  month: "looks",
  verify: "looks",
  persons: "looks",
  packs: "looks",
  workbookPacks: "looks",
  packAnswers: "looks",
  trustKeys: "looks",
  bookKey: "looks",
  packQuestion: "looks",
  confirmPacks: "looks",
  pack: "looks",
  check: "looks",
  whatIf: "looks",
  learn: "looks",
  schema: "looks",
  tryParameters: "looks",
  questionnaire: "looks",
  newPack: "looks",
  packTables: "looks",
  readPackSheets: "looks",
};

const rowsOf = async (rows: Promise<readonly unknown[]>): Promise<unknown> =>
  (await rows).length === 0 ? undefined : rows;

describe.each(situations)("$what", (situation) => {
  const givers = Object.entries(REQUESTS).filter(([, request]) => request !== "looks");

  test.each(givers)("%s gives nothing out", async (_, request) => {
    const session = await sessionIn(situation);
    await ask(session, "judge", { ...when, selfCheck: false });
    const ready = request as (session: RulesSession, snapshot: LedgerSnapshot) => Promise<unknown>;
    // Either nothing comes back, or a sentence that says why.
    const said = await ready(session, situation.ledger?.() ?? small).then(
      (value) => ({ value, text: undefined }),
      (error: unknown) => ({ value: undefined, text: error instanceof Error ? `${error.name} ${error.message}` : "" }),
    );
    expect(said.value).toBeUndefined();
    if (said.text !== undefined) {
      expect(said.text).toMatch(/^LedgerRefused /);
      expect(said.text).toMatch(situation.says);
    }
  });

  test("the run says why", async () => {
    const { report } = await ask(await sessionIn(situation), "judge", { ...when, selfCheck: true });
    expect(report.refusal ?? (report.mismatch && "自检未通过")).toMatch(situation.says);
  });
});

describe("a ledger that may be written", () => {
  test.each(Object.entries(REQUESTS).filter(([, request]) => request !== "looks"))(
    "%s gives it",
    async (_, request) => {
      const session = await sessionOn(sample);
      await ask(session, "judge", { ...when, selfCheck: true });
      const ready = request as (session: RulesSession, snapshot: LedgerSnapshot) => Promise<unknown>;
      expect(await ready(session, sample)).toBeDefined();
    },
  );
});

describe("a pack that the workbook carries", () => {
  const withPack = async (): Promise<RulesSession> => {
    const session = await sessionOn(sample);
    await ask(session, "workbookPacks", [part(ownPack)]);
    return session;
  };
  const judged = (session: RulesSession) => ask(session, "judge", { ...when, selfCheck: true });

  test("is asked about with what differs, by the program's rules until then", async () => {
    const session = await withPack();
    const question = await ask(session, "packQuestion", { language: "zh" });
    expect(question?.packs).toEqual([
      expect.objectContaining({
        id: "general",
        replaces: true,
        files: [{ path: "parameters.json", change: "changed" }],
        parameters: [{ name: "firstReplyHours", title: "首次回复期限", before: "24", after: "12" }],
      }),
    ]);
    const plain = await judged(await sessionOn(sample));
    expect((await judged(session)).report.summary).toEqual(plain.report.summary);
  });

  test.each([true, false])("once answered (采用: %s) the run may write, by the rules that were chosen", async (use) => {
    const session = await withPack();
    expect(await ask(session, "confirmPacks", { use })).toEqual([{ digest: packDigest(ownPack), use }]);
    expect(await ask(session, "packQuestion", { language: "zh" })).toBeUndefined();
    expect((await judged(session)).write).toBeDefined();
    const info = (await ask(session, "packs", { language: "zh" })).find(({ header }) => header.id === "general")!;
    expect(info).toMatchObject({ origin: "workbook", counts: use });
  });

  test("that this machine remembers is not asked about; one more change is", async () => {
    const session = await sessionOn(sample);
    await ask(session, "packAnswers", [{ digest: packDigest(ownPack), use: true }]);
    await ask(session, "workbookPacks", [part(ownPack)]);
    expect((await judged(session)).write).toBeDefined();
    await ask(session, "workbookPacks", [part({ ...ownPack, files: { ...ownPack.files, "README.md": "x" } })]);
    // What is no rule makes no other pack of it for money, but nobody has confirmed these bytes.
    expect((await judged(session)).write).toBeUndefined();
  });

  test("with the program's own rules needs no answer", async () => {
    const session = await sessionOn(sample);
    await ask(session, "workbookPacks", [part({ id: "general", files: Object.fromEntries(packFiles("general")) })]);
    expect((await judged(session)).write).toBeDefined();
  });

  test("that can't be read writes nothing, also when it was said to be used", async () => {
    const session = await sessionOn(sample);
    await ask(session, "workbookPacks", [part({ id: "general", files: { "pack.json": "{" } })]);
    await ask(session, "confirmPacks", { use: true });
    const { report, write } = await judged(session);
    expect(write).toBeUndefined();
    expect(report.refusal).toMatch(/general.*pack\.json/);
    await ask(session, "confirmPacks", { use: false, ids: ["general"] });
    expect((await judged(session)).write).toBeDefined();
  });
});

describe("a part that holds a pack nobody can read", () => {
  test("is asked about by its name; nothing is written until somebody leaves it aside", async () => {
    const session = await sessionOn(sample);
    await ask(session, "workbookPacks", unreadable);
    const question = await ask(session, "packQuestion", { language: "zh" });
    expect(question!.packs).toEqual([
      expect.objectContaining({ title: "{7}", problem: expect.stringContaining("{7}") as string }),
    ]);
    expect(await ask(session, "confirmPacks", { use: true })).toHaveLength(1);
    expect((await ask(session, "judge", { ...when, selfCheck: true })).write).toBeUndefined();
    const aside = await sessionOn(sample);
    await ask(aside, "workbookPacks", unreadable);
    await ask(aside, "confirmPacks", { use: false });
    expect((await ask(aside, "judge", { ...when, selfCheck: true })).write).toBeDefined();
  });
});

describe("a row that is judged by itself", () => {
  test("is judged as in a run over the whole ledger, each row of the sample", async () => {
    const whole = await sessionOn(sample);
    await ask(whole, "judge", { ...when, selfCheck: true });
    const rows = await ask(whole, "writeRows", { from: 0, count: sample.rows.length });
    for (const row of sample.rows.filter((_, i) => i % 6 === 0)) {
      const others = sample.rows
        .filter((other) => other !== row)
        .map(({ row: at, cells: { id, pack, receivedAt } }) => ({
          row: at,
          cells: { id, pack, receivedAt },
          outputs: {},
        }));
      const session = await sessionOn(sample);
      const { write } = await ask(session, "row", {
        ...when,
        snapshot: { ...sample, rows: [row] },
        others: others as never,
      });
      const wanted = rows.find((other) => other.row === row.row)!;
      expect(write).toMatchObject({ kind: "may-write", write: { row: wanted.row, outputs: wanted.outputs } });
    }
  }, 60_000);

  test("leaves totals as they were, and says that the ledger needs processing until it was", async () => {
    const session = await sessionOn(sample);
    await ask(session, "judge", { ...when, selfCheck: true });
    const before = await ask(session, "month", { month: "2026-03" });
    const fined = before.penalties.find(({ row }) => row > 0)!;
    const index = sample.rows.findIndex(({ row }) => row === fined.row);
    const row = sample.rows[index]!;
    const open = { ...row, cells: { ...row.cells, receivedAt: "说不清" } };
    const others = sample.rows.filter((other) => other !== row);
    const asked = { ...when, snapshot: { ...sample, rows: [open] }, others };
    expect((await ask(session, "row", asked)).needsProcessing).toBe(true);
    expect(await ask(session, "month", { month: "2026-03" })).toEqual(before);
    const [other] = others;
    const next = { ...when, snapshot: { ...sample, rows: [other!] }, others: [...others.slice(1), open] };
    expect((await ask(session, "row", next)).needsProcessing).toBe(true);
    await ask(session, "ledger", { ...sample, rowCount: sample.rows.length });
    await ask(
      session,
      "rows",
      sample.rows.map((one) => (one === row ? open : one)),
    );
    await ask(session, "judge", { ...when, selfCheck: true });
    expect((await ask(session, "row", { ...next, others: [...others.slice(1), open] })).needsProcessing).toBe(false);
  });
});
