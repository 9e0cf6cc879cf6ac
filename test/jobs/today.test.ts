import { beforeAll, describe, expect, test } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { parseIso } from "../../src/domain/wall-time.js";
import { judgeLedger, mayWrite } from "../../src/jobs/judge-ledger.js";
import { chatText, reminderDrafts, remindersCalendar } from "../../src/jobs/reminders.js";
import { todayOf, type Today } from "../../src/jobs/today.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import type { LedgerSnapshot } from "../../src/ledger/port.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { STATUTES } from "../packs-folder.js";
import { packs, sampleLedger } from "../worker/session-source.js";

const at = (time: string) => parseIso(time)!;

async function judged(snapshot: LedgerSnapshot, now: string) {
  return mayWrite(await judgeLedger(snapshot, { packs, statutes: STATUTES, now: at(now), language: "zh" }));
}

async function ledger(
  rows: readonly StoryCells[],
  settings: readonly (readonly [string, string | number])[] = [],
): Promise<LedgerSnapshot> {
  const bytes = await newLedger({
    packs: [packs.get("hotel-supplies")!],
    language: "zh",
    rows: rows.map(cellsOf),
    people: [],
    settings: [["默认制度", "hotel-supplies"], ...settings],
  });
  return openFileLedger(bytes, { codec: nodeCodec }).snapshot;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
/** The lines of a calendar file, folded ones joined. */
const unfolded = (file: string): string[] => file.replace(/\r\n /g, "").split("\r\n");

/** Agreed limits, which a row says itself: due at the end of that day. */
const agreed = (day: string, more: StoryCells = {}): StoryCells => ({
  receivedAt: "2026-09-21T09:00",
  customer: "甲公司",
  description: "柜门开裂",
  firstReplyAt: "2026-09-21T10:00",
  agreedCloseAt: day,
  ...more,
});

describe("what is due on the sample ledger", () => {
  let today: Today;
  let leave: Awaited<ReturnType<typeof judged>>;
  beforeAll(async () => {
    leave = await judged(sampleLedger(), "2026-03-31T18:00");
    today = todayOf(leave);
  });

  test("is what the rows say: a row has an overdue step exactly if its status says so", () => {
    const late = new Set(["已逾期", "回访逾期", "反馈逾期"]);
    const rows = leave.ledger.outcome.rows.filter(({ outputs }) => late.has(outputs.status!)).map(({ row }) => row);
    const steps = today.open.filter(({ urgency }) => urgency === "overdue").map(({ row }) => row);
    expect([...new Set(steps)].sort((a, b) => a - b)).toEqual(rows);
  });

  test("each step's limit is the one that stands in the row", () => {
    const byRow = new Map(leave.ledger.outcome.rows.map((row) => [row.row, row.outputs]));
    for (const { row, stage, due, part } of today.open)
      if (part === undefined) expect(byRow.get(row)![`${stage}Due` as "closeDue"]).toBe(due);
  });

  test("stands under whoever has it in hand, the most urgent first, and nothing is lost", () => {
    const order = ["overdue", "today", "next", "later"];
    for (const { handler, steps } of today.handlers) {
      const urgencies = steps.map(({ urgency }) => order.indexOf(urgency));
      expect(urgencies).toEqual([...urgencies].sort((a, b) => a - b));
      for (const { handlers } of steps)
        expect(handler === "" ? handlers.length : handlers).toSatisfy(
          (own: number | readonly string[]) => own === 0 || (typeof own === "object" && own.includes(handler)),
        );
    }
    const shown = new Set(today.handlers.flatMap(({ steps }) => steps));
    expect(today.open.filter((step) => step.urgency !== "later" && !shown.has(step))).toEqual([]);
  });

  test("the text for a chat and the drafts name every step with what to do", () => {
    const chat = chatText(today, "zh");
    for (const { id, nextStep } of today.handlers.flatMap(({ steps }) => steps)) {
      expect(chat).toContain(id);
      expect(chat).toContain(nextStep);
    }
    const files = reminderDrafts(today, "zh");
    expect(files).toHaveLength(today.handlers.length + 1);
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
    expect(reminderDrafts(today, "zh")).toEqual(files);
  });
});

describe("the next three working days", () => {
  // 1–7 October 2026 are holidays, 10 October is a make-up day if the State Council says so: here 节假日 does.
  const now = "2026-09-29T10:00";

  test("leave out rest days", async () => {
    const rows = ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-15"].map((day) =>
      agreed(day),
    );
    const { open } = todayOf(await judged(await ledger(rows), now));
    const close = open.filter(({ stage }) => stage === "close").map(({ row, urgency }) => [row, urgency]);
    expect(close).toEqual([
      [2, "overdue"],
      [3, "today"],
      [4, "next"],
      [5, "next"],
      [6, "next"],
      [7, "later"],
    ]);
  });
});

describe("reminders", () => {
  test("come at the parts of the limit that 设置 names, inside working hours", async () => {
    const settings = [
      ["提醒比例", "50%、90%"],
      ["上班时间", "08:30"],
      ["下班时间", "17:30"],
    ] as const;
    const { open } = todayOf(await judged(await ledger([agreed("2026-09-24")], settings), "2026-09-21T11:00"));
    const close = open.find(({ stage }) => stage === "close")!;
    expect(close.reminders.map(({ percent }) => percent)).toEqual([50, 90]);
    for (const { at: moment } of close.reminders) {
      const seconds = moment % 86_400;
      expect(seconds >= 8.5 * 3600 && seconds <= 17.5 * 3600).toBe(true);
      expect(moment).toBeLessThanOrEqual(close.due);
    }
  });

  test("a part that can't be read is said, and the usual ones count", async () => {
    const leave = await judged(await ledger([agreed("2026-09-24")], [["提醒比例", "一半"]]), "2026-09-21T11:00");
    expect(leave.ledger.outcome.messages.some(({ text: said }) => said.includes("一半"))).toBe(true);
    const close = todayOf(leave).open.find(({ stage }) => stage === "close")!;
    expect(close.reminders.map(({ percent }) => percent)).toEqual([50, 75]);
  });
});

describe("the calendar file", () => {
  const events = async (rows: readonly StoryCells[], now: string): Promise<Map<string, Record<string, string>>> => {
    const file = text(remindersCalendar(todayOf(await judged(await ledger(rows), now)), "zh"));
    for (const line of file.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    const found = new Map<string, Record<string, string>>();
    let event: Record<string, string> = {};
    for (const line of unfolded(file)) {
      const colon = line.indexOf(":");
      if (line === "BEGIN:VEVENT") event = {};
      else if (line === "END:VEVENT") found.set(event.UID!, event);
      else event[line.slice(0, colon)] ??= line.slice(colon + 1);
    }
    return found;
  };

  test("knows a step again by pack, number and stage, and a later file takes the place of an earlier one", async () => {
    const first = await events([agreed("2026-09-24", { id: "A/1" })], "2026-09-21T11:00");
    const later = await events([agreed("2026-09-28", { id: "A/1" })], "2026-09-21T11:05");
    const uid = "hotel-supplies.A=2f1.close@tiaoli";
    expect(first.has(uid) && later.has(uid)).toBe(true);
    expect(Number(later.get(uid)!.SEQUENCE)).toBeGreaterThan(Number(first.get(uid)!.SEQUENCE));
    expect(later.get(uid)!.DTEND).not.toBe(first.get(uid)!.DTEND);
  });

  test("ends when people stop working on the last day, in the time of Shanghai", async () => {
    const found = await events([agreed("2026-09-24", { id: "1" })], "2026-09-21T11:00");
    expect(found.get("hotel-supplies.1.close@tiaoli")).toMatchObject({
      DTSTART: "20260924T093000Z",
      DTEND: "20260924T100000Z",
    });
  });

  test("a step that was done is taken out", async () => {
    const done = agreed("2026-09-24", {
      id: "1",
      closeAt: "2026-09-22T10:00",
      rootCause: "铰链",
      correctiveAction: "李四换铰链",
    });
    const found = await events([done], "2026-09-22T11:00");
    expect(found.get("hotel-supplies.1.close@tiaoli")?.STATUS).toBe("CANCELLED");
  });

  test("has each UID once, and twice the same input gives the same bytes", async () => {
    const today = todayOf(await judged(sampleLedger(), "2026-03-31T18:00"));
    const file = remindersCalendar(today, "zh");
    const uids = unfolded(text(file)).filter((line) => line.startsWith("UID:"));
    expect(uids.length).toBe(today.open.length + today.done.length);
    expect(new Set(uids).size).toBe(uids.length);
    expect(remindersCalendar(today, "zh")).toEqual(file);
  });
});
