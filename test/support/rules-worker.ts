import { LedgerRefused } from "../../src/jobs/refused.js";
import type { RulesSource } from "../../src/jobs/catalogue.js";
import type { WorkerPort } from "../../src/taskpane/worker-client.js";
import type { Reply } from "../../src/worker/messages.js";
import { RulesSession } from "../../src/worker/session.js";
import { loadAllPacks, packFiles, STATUTES } from "../packs-folder.js";

/** The packs of the folder, as the site would serve them. */
export function folderRules(): RulesSource {
  const packs = loadAllPacks();
  const nothing = (): Promise<never> => Promise.reject(new Error("not asked for here"));
  const entries = [...packs.values()].map(({ header, hash }) => ({
    header,
    hash,
    rules: 0,
    cases: 0,
    built: "",
    texts: "",
  }));
  return {
    catalogue: () => Promise.resolve({ packs: entries, statutes: STATUTES, schemas: {}, forms: "" }),
    pack: ({ header }) => Promise.resolve({ ...packs.get(header.id)!, cases: [] }),
    texts: ({ header }) => Promise.resolve(Object.fromEntries(packFiles(header.id))),
    schema: nothing,
    forms: () => Promise.resolve([]),
    template: nothing,
  };
}

/** The worker in this very thread: one job after another, and what is said is copied, as between threads. */
export function workerHere(source: RulesSource): WorkerPort {
  const session = new RulesSession(source);
  let gone = false;
  let queue: Promise<void> = Promise.resolve();
  const port: WorkerPort = {
    onmessage: null,
    onerror: null,
    terminate: () => {
      gone = true;
    },
    postMessage: (call) => {
      const { number, job, input } = structuredClone(call);
      const reply = (message: Reply): void => {
        if (!gone) port.onmessage?.({ data: structuredClone(message) });
      };
      queue = queue.then(async () => {
        if (gone) return;
        try {
          const output = await session.run(job, input, (progress) => {
            reply({ number, kind: "progress", progress });
          });
          reply({ number, kind: "done", output });
        } catch (error) {
          reply(
            error instanceof LedgerRefused
              ? { number, kind: "refused", reason: error.message }
              : { number, kind: "failed", message: String(error) },
          );
        }
      });
    },
  };
  return port;
}
