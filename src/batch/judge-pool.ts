import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import type { JudgedPortion, ThreadData } from "./judge-thread.js";
import type { Portion } from "./portions.js";
import { BatchError } from "./batch-error.js";
import { onDeath, startThread, ThreadDied } from "./start-thread.js";

/** Portions that may wait for the slowest one before more are handed out: so much is held in memory, and no more. */
const AHEAD_PER_THREAD = 3;

/** Threads that judge portions; what they give comes in the order of the portions. */
export class JudgePool {
  private readonly threads: readonly Worker[];
  private readonly idle: Worker[];
  private readonly judged = new Map<number, JudgedPortion>();
  private handedOut = 0;
  private next = 0;
  private wake: (() => void) | undefined;
  private failure: Error | undefined;

  constructor(data: ThreadData, count = Math.max(1, availableParallelism())) {
    this.threads = Array.from({ length: count }, () => startThread("judge-thread", import.meta.url, data));
    this.idle = [...this.threads];
    for (const thread of this.threads) {
      thread.on("message", (portion: JudgedPortion) => {
        this.judged.set(portion.number, portion);
        this.idle.push(thread);
        this.wake?.();
      });
      onDeath(thread, (error) => {
        this.failure ??= error instanceof ThreadDied ? new BatchError("thread.died", { reason: error.reason }) : error;
        this.wake?.();
      });
    }
  }

  /** Judges portions and gives what comes of each, in their order. */
  async *judge(portions: AsyncIterable<Omit<Portion, "number">>): AsyncGenerator<JudgedPortion> {
    for await (const portion of portions) {
      while (this.idle.length === 0 || this.handedOut - this.next >= this.threads.length * AHEAD_PER_THREAD) {
        yield* this.ready();
        if (this.idle.length > 0 && this.handedOut - this.next < this.threads.length * AHEAD_PER_THREAD) break;
        await this.somethingHappens();
      }
      this.idle.pop()!.postMessage({ ...portion, number: this.handedOut++ } satisfies Portion);
      yield* this.ready();
    }
    while (this.next < this.handedOut) {
      if (!this.judged.has(this.next)) await this.somethingHappens();
      yield* this.ready();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.terminate()));
  }

  private *ready(): Generator<JudgedPortion> {
    for (let portion = this.judged.get(this.next); portion; portion = this.judged.get(this.next)) {
      this.judged.delete(this.next++);
      yield portion;
    }
  }

  private async somethingHappens(): Promise<void> {
    this.assertSound();
    await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
    this.assertSound();
  }

  private assertSound(): void {
    if (this.failure) throw this.failure;
  }
}
