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
