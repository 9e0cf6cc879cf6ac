import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import { startThread } from "../../batch/start-thread.js";
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

  constructor(files: number, threads: number | undefined) {
    const count = threads ?? (files <= FEW ? 1 : availableParallelism());
    this.threads =
      count <= 1 ? [] : Array.from({ length: count }, () => startThread("group-thread", import.meta.url, undefined));
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
        done(await asked<Answer>(thread, taskOf(items[index]!)), index);
    };
    await Promise.all(this.threads.map(work));
    return answers;
  }
}

function asked<Answer>(thread: Worker, task: Task): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answered = (answer: Answer): void => {
      thread.off("error", failed);
      resolve(answer);
    };
    const failed = (error: Error): void => {
      thread.off("message", answered);
      reject(error);
    };
    thread.once("message", answered);
    thread.once("error", failed);
    thread.postMessage(task);
  });
}
