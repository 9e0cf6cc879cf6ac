import type { Pane } from "./state/pane.js";
import { ACTION_IDS, type ActionId } from "./action-ids.js";

/** What the ribbon's buttons and the shortcuts do; pane and ribbon share one runtime, so they share one `Pane`. */
export function commandsOf(pane: Pane, showPane: () => Promise<void>): Readonly<Record<ActionId, () => Promise<void>>> {
  return {
    process: async () => {
      pane.show("process");
      await showPane();
      await pane.work.whenIdle();
      await pane.ledger.process();
    },
    monthlyReport: async () => {
      pane.show("reports");
      await showPane();
      await pane.work.whenIdle();
      await pane.papers.reportLastMonth();
    },
    deductionNotices: async () => {
      pane.show("deductions");
      await showPane();
      await pane.work.whenIdle();
      await pane.papers.showLastNotices();
    },
    showPane,
  };
}

/** Tells Office what to call; a button is free again as soon as its command has ended. */
export function registerCommands(
  commands: Readonly<Record<ActionId, () => Promise<void>>>,
  actions: Pick<typeof Office.actions, "associate">,
): void {
  for (const id of ACTION_IDS) {
    actions.associate(id, (event?: { completed?: () => void }) => {
      void commands[id]().finally(() => event?.completed?.());
    });
  }
}
