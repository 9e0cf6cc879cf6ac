import { LedgerRefused } from "../jobs/refused.js";
import type { LedgerSnapshot, LedgerWrite, OutputTable, RowWrite } from "../ledger/port.js";
import {
  ROWS_A_MESSAGE,
  type Call,
  type Input,
  type JobName,
  type Output,
  type Progress,
  type Reply,
  type WriteHead,
} from "../worker/messages.js";

/** As much of a Worker as is used, so that a test can put its own in. */
export interface WorkerPort {
  postMessage(call: Call): void;
  onmessage: ((event: { readonly data: Reply }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  terminate(): void;
}

/** The user stopped what was going on. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

interface Pending {
  readonly resolve: (output: never) => void;
  readonly reject: (error: Error) => void;
  readonly progress: ((progress: Progress) => void) | undefined;
}

/** The worker as the pane calls it. A worker that was stopped is started anew by the next call. */
export class WorkerClient {
  private worker: WorkerPort | undefined;
  private number = 0;
  private readonly pending = new Map<number, Pending>();

  /** `start` makes a worker; `prepare` is called with every new one, before its first job. */
  constructor(
    private readonly start: () => WorkerPort,
    private readonly prepare: (client: WorkerClient) => void = () => undefined,
  ) {}

  call<Name extends JobName>(
    job: Name,
    input: Input<Name>,
    progress?: (progress: Progress) => void,
  ): Promise<Output<Name>> {
    const worker = this.running();
    this.number += 1;
    const number = this.number;
    return new Promise<Output<Name>>((resolve, reject) => {
      this.pending.set(number, { resolve, reject, progress });
      worker.postMessage({ number, job, input });
    });
  }

  /** Starts a worker if there is none. */
  wake(): void {
    this.running();
  }

  /** Stops whatever is going on; calls under way fail with `Cancelled`. */
  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.failAll(new Cancelled("stopped"));
  }

  /** Hands a ledger over in portions, giving way to typing between them. */
  async handOver({ rows, ...head }: LedgerSnapshot): Promise<void> {
    await this.call("ledger", { ...head, rowCount: rows.length });
    for (let from = 0; from < rows.length; from += ROWS_A_MESSAGE) {
      await this.call("rows", rows.slice(from, from + ROWS_A_MESSAGE));
    }
  }

  /** Takes the write of the last judgement over, in portions. */
  async takeWrite({ tables, ...head }: WriteHead): Promise<LedgerWrite> {
    const rows = await portions<RowWrite>((from, count) => this.call("writeRows", { from, count }));
    const filled: OutputTable[] = [];
    for (const [table, spec] of tables.entries()) {
      const lines = await portions<OutputTable["rows"][number]>((from, count) =>
        this.call("tableRows", { table, from, count }),
      );
      filled.push({ ...spec, rows: lines });
    }
    return { ...head, rows, tables: filled };
  }

  private running(): WorkerPort {
    if (this.worker) return this.worker;
    const worker = this.start();
    this.worker = worker;
    worker.onmessage = ({ data }) => {
      this.receive(data);
    };
    worker.onerror = ({ message }) => {
      this.worker = undefined;
      this.failAll(new Error(message ?? "the worker has failed"));
    };
    this.prepare(this);
    return worker;
  }

  private receive(reply: Reply): void {
    const pending = this.pending.get(reply.number);
    if (!pending) return;
    if (reply.kind === "progress") {
      pending.progress?.(reply.progress);
      return;
    }
    this.pending.delete(reply.number);
    if (reply.kind === "done") pending.resolve(reply.output as never);
    else if (reply.kind === "refused") pending.reject(new LedgerRefused(reply.reason));
    else pending.reject(new Error(reply.message));
  }

  private failAll(error: Error): void {
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of waiting) reject(error);
  }
}

async function portions<Item>(ask: (from: number, count: number) => Promise<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const portion = await ask(all.length, ROWS_A_MESSAGE);
    for (const item of portion) all.push(item);
    if (portion.length < ROWS_A_MESSAGE) return all;
  }
}
