import { yuanText } from "../domain/money.js";
import type { Outcome } from "../process/outcome.js";
import type { Terminal } from "./terminal.js";

/** How many rows have which status, and what the penalties come to. */
export function showStatusesAndMoney({ summary, penalties }: Outcome, terminal: Terminal): void {
  for (const [status, count] of Object.entries(summary.byStatus)) terminal.line(`  ${status}  ${count}`);
  terminal.say("process.money", {
    penalties: yuanText(summary.penalties),
    count: penalties.length,
    deducted: yuanText(summary.deducted),
    carried: yuanText(summary.carriedOut),
  });
}
