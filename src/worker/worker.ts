import { config } from "zod";
import { siteRules } from "../jobs/catalogue.js";
import { LedgerRefused } from "../jobs/refused.js";
import type { Call, Reply } from "./messages.js";
import { RulesSession } from "./session.js";

/** The worker's door: calls come in, replies go out; jobs are done in the order in which they came. */

interface WorkerScope {
  readonly location: { readonly href: string };
  onmessage: ((event: MessageEvent<Call>) => void) | null;
  postMessage(reply: Reply): void;
}

// The Content-Security-Policy allows no code made from text, which the validator would otherwise try.
config({ jitless: true });

const scope = self as unknown as WorkerScope;
const session = new RulesSession(siteRules(new URL("rules/", scope.location.href).href));
let queue: Promise<void> = Promise.resolve();

scope.onmessage = ({ data: { number, job, input } }) => {
  queue = queue.then(async () => {
    try {
      const output = await session.run(job, input, (progress) => {
        scope.postMessage({ number, kind: "progress", progress });
      });
      scope.postMessage({ number, kind: "done", output });
    } catch (error) {
      scope.postMessage(
        error instanceof LedgerRefused
          ? { number, kind: "refused", reason: error.message }
          : { number, kind: "failed", message: error instanceof Error ? error.message : String(error) },
      );
    }
  });
};
