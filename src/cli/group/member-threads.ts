import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import { onDeath, startThread, ThreadDied } from "../../batch/start-thread.js";
import { CliError } from "../cli-error.js";
import type { Terminal } from "../terminal.js";
import type { Task } from "./group-thread.js";
import {
  readMember,
  writeMember,
  type MemberFile,
  type MemberReading,
  type MemberWriting,
  type MemberWritten,
} from "./member-file.js";

/** Starting a thread takes as long as reading a few workbooks. */
const FEW = 12;

/** Work on many workbooks, spread over the cores. */
export class MemberThreads {
  private readonly threads: readonly Worker[];
  private readonly asked: Asked;

  constructor(
    files: number,
    threads: number | undefined,
    private readonly terminal: Terminal,
  ) {
    const count = threads ?? (files <= FEW ? 1 : availableParallelism());
    this.threads =
      count <= 1 ? [] : Array.from({ length: count }, () => startThread("group-thread", import.meta.url, undefined));
    this.asked = new Asked(this.threads);
  }

  read(files: readonly MemberFile[]): Promise<MemberReading[]> {
    return this.each(files, readMember, (file) => ({ kind: "read", file }));
  }

  /** `use` gets each as it is made, one after the other. */
  async write(files: readonly MemberWriting[], use: (written: MemberWritten, index: number) => void): Promise<void> {
    await this.each(files, writeMember, (file) => ({ kind: "write", file }), use);
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.terminate()));
  }

  private async each<Item, Answer>(
    items: readonly Item[],
    inline: (item: Item) => Answer,
    taskOf: (item: Item) => Task,
    use?: (answer: Answer, index: number) => void,
  ): Promise<Answer[]> {
    const answers: Answer[] = [];
    const done = (answer: Answer, index: number): void => {
      // What is used at once is not kept: the bytes of a large group would not fit into memory.
      if (use) use(answer, index);
      else answers[index] = answer;
    };
    if (this.threads.length === 0) {
      items.forEach((item, index) => {
        done(inline(item), index);
      });
      return answers;
    }
    let next = 0;
    const work = async (thread: Worker): Promise<void> => {
      for (let index = next++; index < items.length; index = next++)
        done(await this.asked.ask<Answer>(thread, taskOf(items[index]!)), index);
    };
    try {
      await Promise.all(this.threads.map(work));
    } catch (error) {
      if (!(error instanceof ThreadDied)) throw error;
      throw new CliError(this.terminal.text("group.thread-died", { reason: error.reason }));
    }
    return answers;
  }
}

/** What threads answer, one question at a time each. A thread that has died answers nothing. */
class Asked {
  private failure: Error | undefined;
  private readonly waiting = new Map<Worker, (error: Error) => void>();

  constructor(threads: readonly Worker[]) {
    for (const thread of threads)
      onDeath(thread, (error) => {
        this.failure ??= error;
        for (const reject of this.waiting.values()) reject(error);
      });
  }

  ask<Answer>(thread: Worker, task: Task): Promise<Answer> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.waiting.set(thread, reject);
      thread.once("message", (answer: Answer) => {
        this.waiting.delete(thread);
        resolve(answer);
      });
      thread.postMessage(task);
    });
  }
}
