import type { ExcelRun } from "../ledger/excel/run.js";
import type { RecordedRequest } from "./trace.js";

/**
 * Listens to what office.js sends and gets. A request context makes itself an executor with its first request and keeps
 * it (`_requestExecutor`; the same in the clients for Windows, Mac and the web, minified or not): it is wrapped the moment
 * it is put there. Documented is none of this, so that a client without it is probed all the same, only without a
 * recording.
 */
export interface Recorder {
  /** The same, with every request recorded. */
  readonly run: ExcelRun;
  /** Whether anything could be listened to by now. */
  readonly listens: boolean;
  /** What was recorded since the last call. */
  take(): readonly RecordedRequest[];
}

interface Message {
  readonly Body?: unknown;
}

interface Answer {
  readonly Body?: unknown;
  readonly ErrorCode?: unknown;
  readonly ErrorMessage?: unknown;
}

interface Executor {
  executeAsync(customData: unknown, flags: number, message: Message): PromiseLike<Answer>;
}

export function recording(run: ExcelRun): Recorder {
  let taken: RecordedRequest[] = [];
  let listens = false;
  const keep = (request: RecordedRequest): void => {
    listens = true;
    taken.push(request);
  };
  return {
    run: (batch, options) =>
      run((context) => {
        wrapExecutor(context, keep);
        return batch(context);
      }, options),
    get listens() {
      return listens;
    },
    take: () => {
      const all = taken;
      taken = [];
      return all;
    },
  };
}

const EXECUTOR = "_requestExecutor";

function wrapExecutor(context: Excel.RequestContext, keep: (request: RecordedRequest) => void): void {
  const own = context as unknown as { readonly [EXECUTOR]?: Executor };
  let executor = own[EXECUTOR];
  Object.defineProperty(context, EXECUTOR, {
    configurable: true,
    get: () => executor,
    set: (made: Executor) => {
      executor = listening(made, keep);
    },
  });
}

function listening(executor: Executor, keep: (request: RecordedRequest) => void): Executor {
  return {
    executeAsync: async (customData, flags, message) => {
      const begun = performance.now();
      const body = textOf(message.Body);
      const answer = await executor.executeAsync(customData, flags, message);
      const isRefused = answer.Body === undefined || answer.Body === null;
      keep({
        body,
        flags,
        answer: isRefused ? undefined : textOf(answer.Body),
        refused: isRefused ? `${String(answer.ErrorCode)} ${String(answer.ErrorMessage)}` : undefined,
        milliseconds: Math.round(performance.now() - begun),
      });
      return answer;
    },
  };
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
