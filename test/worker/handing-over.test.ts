import { describe, expect, test } from "vitest";
import { wallTime } from "../../src/domain/wall-time.js";
import type { LedgerSnapshot } from "../../src/ledger/port.js";
import { runLedger } from "../../src/ledger/run-ledger.js";
import { PROGRAM_VERSION } from "../../src/program/version.js";
import { WorkerClient, type WorkerPort } from "../../src/taskpane/worker-client.js";
import type { JudgedLedger, Reply } from "../../src/worker/messages.js";
import { RulesSession } from "../../src/worker/session.js";
import { STATUTES } from "../packs-folder.js";
import { packs, sampleLedger, source } from "./session-source.js";

/** Between pane and worker everything travels as messages: nothing of it may be lost on the way. */

const when = { now: wallTime(2026, 3, 31, 18), language: "zh" } as const;

/** A worker in this very thread; what it is told and what it says is copied, as between threads. */
function startWorker(): WorkerPort {
  const session = new RulesSession(source);
  const port: WorkerPort = {
    onmessage: null,
    onerror: null,
    terminate: () => undefined,
    postMessage: (call) => {
      const { number, job, input } = structuredClone(call);
      const reply = (message: Reply): void => port.onmessage?.({ data: structuredClone(message) });
      session
        .run(job, input, () => undefined)
        .then(
          (output) => {
            reply({ number, kind: "done", output });
          },
          (error: unknown) => {
            reply({ number, kind: "failed", message: String(error) });
          },
        );
    },
  };
  return port;
}

async function throughWorker(snapshot: LedgerSnapshot): Promise<unknown> {
  const client = new WorkerClient(startWorker);
  await client.handOver(snapshot);
  const { write } = await client.call("judge", { ...when, selfCheck: true });
  return write && client.takeWrite(write);
}

describe("a run in the worker", () => {
  const sample = sampleLedger();

  test.each([
    ["the sample ledger", sample],
    ["a ledger with columns filled in by hand", { ...sample, foreign: ["status", "department"] as const }],
    ["more rows than a message carries", manyRows(sample, 700)],
  ])("writes the same as a run at hand: %s", async (_, snapshot) => {
    const { write } = runLedger(snapshot, { ...when, packs, statutes: STATUTES, programVersion: PROGRAM_VERSION });
    expect(write!.foreign).toEqual(snapshot.foreign.length > 0 ? snapshot.foreign : undefined);
    expect(await throughWorker(snapshot)).toEqual(write);
  });
});

describe("a job that comes while a ledger is handed over", () => {
  test("works on the ledger before, never on half of one", async () => {
    const snapshot = sampleLedger();
    const session = new RulesSession(source);
    const run = (name: "ledger" | "rows" | "judge", input: unknown): Promise<unknown> =>
      session.run(name, input as never, () => undefined);
    const rows = async (): Promise<number> => {
      const { report } = (await run("judge", { ...when, selfCheck: false })) as JudgedLedger;
      return report.summary.rows;
    };
    const { rows: all, ...head } = snapshot;
    await run("ledger", { ...head, rowCount: all.length });
    await run("rows", all);
    expect(await rows()).toBe(all.length);
    const more = manyRows(snapshot, 400);
    await run("ledger", { ...head, rowCount: 400 });
    expect(await rows()).toBe(all.length);
    await run("rows", more.rows.slice(0, 250));
    expect(await rows()).toBe(all.length);
    await run("rows", more.rows.slice(250));
    expect(await rows()).toBe(400);
  });
});

function manyRows(snapshot: LedgerSnapshot, count: number): LedgerSnapshot {
  const rows = Array.from({ length: count }, (_, i) => ({ ...snapshot.rows[i % snapshot.rows.length]!, row: i + 2 }));
  return { ...snapshot, rows };
}
