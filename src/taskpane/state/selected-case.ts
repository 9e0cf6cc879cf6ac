import type { InputId } from "../../domain/columns.js";
import type { JudgedRow } from "../../jobs/judge-row.js";
import type { PaneTools, LedgerWork } from "./ledger-work.js";
import { placeOfRow, rowAt } from "./overview.js";

/** Milliseconds after the last change of selection before anything is asked of the host. */
const SELECTION_DELAY = 200;

/** The case on whose row the user stands: judged as it stands now, shown, and on request written. */
export class SelectedCase {
  /** How often it was asked to show the selected row. */
  private asked = 0;

  constructor(
    private readonly tools: PaneTools,
    private readonly ledger: LedgerWork,
  ) {}

  /** Follows the selection while the case is shown; returns the way to stop. */
  async follow(): Promise<() => void> {
    const { work, workbook } = this.tools;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.show(), SELECTION_DELAY);
    };
    let stop: (() => Promise<void>) | undefined;
    await work.attempt(async () => {
      stop = await workbook.onSelection(soon);
    });
    if (stop) await this.show();
    return () => {
      clearTimeout(timer);
      stop?.().catch(() => undefined);
    };
  }

  /** Judges the selected row and shows it, as soon as nothing else goes on: the pane may still be starting. */
  async show(): Promise<void> {
    const { store, work, workbook } = this.tools;
    this.asked += 1;
    const mine = this.asked;
    await work.whenIdle();
    // Whoever asked later while something went on shows what is selected by then.
    if (mine !== this.asked) return;
    await work.answer(async () => {
      const place = await workbook.selected();
      const { overview } = store.get();
      const row = place && overview && rowAt(overview, place.sheet, place.row);
      if (row === undefined) {
        store.set({ selected: { kind: "outside" } });
        return;
      }
      const before = store.get().selected;
      if (before.kind !== "judged" || before.row !== row) store.set({ selected: { kind: "loading", row } });
      const found = await this.ledger.readRow(row);
      const judged = found && (await this.ledger.judgeRow(found));
      store.set({ selected: judged ? { kind: "judged", row, judged } : { kind: "outside" } });
    });
  }

  /** The row was judged elsewhere: shown if it is the one that is looked at. */
  showJudged(row: number, judged: JudgedRow): void {
    const { store } = this.tools;
    const { selected } = store.get();
    if (selected.kind === "judged" && selected.row === row) store.set({ selected: { ...selected, judged } });
  }

  /** Writes the outputs of the case that is shown. */
  async write(): Promise<void> {
    const { store, work } = this.tools;
    const { selected } = store.get();
    if (selected.kind !== "judged") return;
    await work.alone("writing", async () => {
      // The row may have been edited since: it is read, judged and written in one go.
      await this.ledger.settle(await this.ledger.readRow(selected.row));
    });
    await this.show();
  }

  /** Writes input cells of the case that is shown (overrides), and judges the row again. */
  async setInputs(values: Partial<Record<InputId, string>>): Promise<void> {
    const { store, work, workbook } = this.tools;
    const { selected, overview } = store.get();
    if (selected.kind !== "judged") return;
    const at = overview && placeOfRow(overview, selected.row);
    if (!at) return;
    const { sheet, row } = at;
    const cells = (Object.entries(values) as [InputId, string][]).flatMap(([id, value]) => {
      const place = sheet.columns.find(([column]) => column === id)?.[1];
      return place ? [{ address: `${place.letter}${row}`, value: value.trim() }] : [];
    });
    const written = await work.alone("writing", async () => {
      await workbook.setCells(sheet.name, cells);
      return true;
    });
    if (written === true) await this.write();
  }
}
