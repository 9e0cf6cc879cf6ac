import { PAYLOAD_TARGET } from "./payload.js";
import { isRequestTooLarge } from "./host-problem.js";

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
  readonly after?: (steps: readonly Step[]) => boolean;
}

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
  let target = PAYLOAD_TARGET;
  let attempts = 0;
  let next = 0;
  while (next < steps.length) {
    const batch = steps.slice(next, next + howMany(steps, next, target));
    before?.(batch);
    for (const step of batch) step.prepare();
    try {
      await context.sync();
    } catch (error) {
      attempts += 1;
      if (!isRequestTooLarge(error) || attempts > ATTEMPTS || batch.length === 1) throw error;
      target /= 2;
      continue;
    }
    next += batch.length;
    for (const step of batch) step.done?.();
    if (after?.(batch) === false) return;
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
