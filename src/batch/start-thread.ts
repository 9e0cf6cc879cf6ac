import { Worker } from "node:worker_threads";

/**
 * A thread whose script stands beside the module that starts it (`beside`: its `import.meta.url`); from sources, Node must
 * first be taught to read them.
 */
export function startThread(name: string, beside: string, workerData: unknown): Worker {
  const script = new URL(`${name}.${beside.endsWith(".ts") ? "ts" : "js"}`, beside).href;
  if (script.endsWith(".js")) return new Worker(new URL(script), { workerData });
  const load = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(script)}); })`;
  return new Worker(load, { workerData, eval: true });
}

/** A thread that ended although nobody ended it: for want of memory, or with no word at all. */
export class ThreadDied extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = "ThreadDied";
  }
}

/** Hears once of a thread's end, or of an error that it threw: then it answers no more, and waiting for it would never end. */
export function onDeath(thread: Worker, hear: (error: Error) => void): void {
  const failed = (error: Error & { readonly code?: unknown }): void => {
    thread.off("exit", ended);
    hear(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new ThreadDied(error.code) : error);
  };
  const ended = (code: number): void => {
    thread.off("error", failed);
    hear(new ThreadDied(String(code)));
  };
  thread.once("error", failed);
  thread.once("exit", ended);
}
