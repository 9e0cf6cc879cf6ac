import { giveWay, giveWayIfDue } from "./give-way.js";
import { isRequestTooLarge } from "./host-problem.js";
import { portionTarget } from "./payload.js";

/** A piece of writing: what it adds to a request, and what it takes from the answer. */
export interface Step {
  /** Estimates, see `payload.ts`. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Sheet rows of the ledger that it writes, first and last; undefined for steps elsewhere. */
  readonly rows?: readonly [number, number];
  readonly prepare: () => void;
  /** Called once the request has gone through. */
  readonly done?: () => void;
}

export interface QueueOptions {
  /** Adds to each request, before its steps. */
  readonly before?: (steps: readonly Step[]) => void;
  /** Looks at the answer; false stops the queue, and the steps left are not made. */
  readonly after?: (steps: readonly Step[]) => Promise<boolean>;
}

/** Requests in which steps are made, unless their size asks for more. */
const REQUESTS = 5;
/** How often requests are made smaller before giving up. */
const ATTEMPTS = 4;

/**
 * Makes steps in order, in as few requests as fit the payload limit. A request that the host finds too large was not
 * carried out; it is made again in smaller ones.
 */
export async function makeSteps(
  context: Excel.RequestContext,
  steps: readonly Step[],
  { before, after }: QueueOptions = {},
): Promise<void> {
  const sum = (size: (step: Step) => number): number => steps.reduce((total, step) => total + size(step), 0);
  let target = Math.max(
    portionTarget(
      sum(({ requestBytes }) => requestBytes),
      REQUESTS,
    ),
    portionTarget(
      sum(({ responseBytes }) => responseBytes),
      REQUESTS,
    ),
  );
  let attempts = 0;
  let next = 0;
  while (next < steps.length) {
    const batch = steps.slice(next, next + howMany(steps, next, target));
    before?.(batch);
    for (const step of batch) {
      await giveWayIfDue();
      step.prepare();
    }
    try {
      // The client turns the whole request into text in one go, and takes the answer apart in another.
      await giveWay();
      await context.sync();
      await giveWay();
    } catch (error) {
      attempts += 1;
      if (!isRequestTooLarge(error) || attempts > ATTEMPTS || batch.length === 1) throw error;
      target /= 2;
      continue;
    }
    next += batch.length;
    for (const step of batch) step.done?.();
    if ((await after?.(batch)) === false) return;
  }
}

/** How many steps from `next` on fit a request; at least one. */
function howMany(steps: readonly Step[], next: number, target: number): number {
  let request = 0;
  let response = 0;
  let count = 0;
  for (const step of steps.slice(next)) {
    request += step.requestBytes;
    response += step.responseBytes;
    if (count > 0 && (request > target || response > target)) break;
    count += 1;
  }
  return count;
}
