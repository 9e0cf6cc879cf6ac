import { rowOfSheet } from "../../domain/sheet-rows.js";
import type { Edit } from "../excel/pane-workbook.js";
import type { PaneTools, LedgerWork } from "./ledger-work.js";
import { liveEdit, shapeOf } from "./live-mode.js";
import type { SelectedCase } from "./selected-case.js";

/** Milliseconds after the last edit before anything is asked of the host. */
const LIVE_DELAY = 300;

/** Live mode: rows are judged and written as they are edited, and nothing but rows. */
export class Live {
  private readonly edited = new Set<number>();
  /** Those of the edited rows whose edit may have been the pane's own write. */
  private readonly doubtful = new Set<number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopListening: (() => Promise<void>) | undefined;

  constructor(
    private readonly tools: PaneTools,
    private readonly ledger: LedgerWork,
    private readonly selected: SelectedCase,
  ) {}

  /** Turns it on or off. */
  async set(on: boolean): Promise<void> {
    const { store, work, workbook } = this.tools;
    await work.attempt(async () => {
      await this.stopListening?.();
      this.stopListening = undefined;
      if (on) {
        await this.ledger.knowColumns();
        const sheets = await workbook.sheets();
        const names = store.get().overview?.sheets.map(({ name }) => name) ?? [];
        const own = names.map((name) => sheets.find((sheet) => sheet.name === name)?.id);
        this.stopListening = await workbook.onEdit((edit) => {
          const sheet = own.indexOf(edit.sheetId);
          if (sheet >= 0) this.take(edit, sheet);
        });
      }
      store.set({ live: { on, last: undefined } });
    });
  }

  /** `sheet`: which of the ledger's sheets was edited. */
  private take(edit: Edit, sheet: number): void {
    const { store, work } = this.tools;
    const { overview } = store.get();
    const shape = overview && shapeOf(overview, sheet);
    const meaning = shape ? liveEdit(edit, shape) : "nothing";
    if (meaning === "nothing") return;
    if (meaning === "too-much") {
      // So many cells at once, just when the pane has written: nobody types as fast as that.
      if (edit.mayBeOwn && work.mayHearItself) return;
      store.set({ behind: true, stale: store.get().report !== undefined });
      return;
    }
    for (const own of meaning.rows) {
      const row = rowOfSheet(sheet, own);
      this.edited.add(row);
      if (edit.mayBeOwn) this.doubtful.add(row);
    }
    this.judgeSoon();
  }

  private judgeSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.judgeEdited(), LIVE_DELAY);
  }

  /** Judges the rows that were edited, one after another; edits made while something else goes on wait for their turn. */
  private async judgeEdited(): Promise<void> {
    const { work } = this.tools;
    if (work.busy) this.judgeSoon();
    else
      await work.answer(async () => {
        for (const row of this.edited) await this.judgeOne(row);
      });
  }

  private async judgeOne(row: number): Promise<void> {
    const { store } = this.tools;
    this.edited.delete(row);
    const found = await this.ledger.readRow(row);
    const [standing] = found?.snapshot.rows ?? [];
    if (this.doubtful.delete(row) && standing && this.ledger.isJudged(standing)) return;
    const judged = await this.ledger.settle(found);
    if (!judged) return;
    const { live } = store.get();
    store.set({ live: { ...live, last: { row, id: judged.explanation.id, changed: judged.differs } } });
    this.selected.showJudged(row, judged);
  }
}
