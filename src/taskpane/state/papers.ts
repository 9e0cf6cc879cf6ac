import { GENERAL_REPORTS } from "../../documents/reports/report-ids.js";
import type { DocumentFile } from "../../jobs/issue-notices.js";
import type { MadeForm } from "../../jobs/make-forms.js";
import type { SplitBy } from "../../jobs/make-report.js";
import type { SplitFiles } from "../../jobs/split-files.js";
import type { Jobs, NoticesReport } from "../../worker/messages.js";
import type { CountedFigure } from "../excel/report-sheet.js";
import { deliver, type Delivery, type FileDoors } from "../excel/deliver.js";
import { lastFinishedMonth } from "../periods.js";
import type { PaneTools, LedgerWork } from "./ledger-work.js";
import type { WrittenReport } from "./pane-state.js";

/** What is asked of the worker about the case that is shown. */
type OfCase = Jobs["explanationFile"]["input"];

/** What is made from the judged ledger: reports, forms, notices, and files of them. */
export class Papers {
  constructor(
    private readonly tools: PaneTools,
    private readonly ledger: LedgerWork,
    private readonly doors: FileDoors,
  ) {}

  chooseReport(report: string, period: string): void {
    this.tools.store.set({
      reporting: { report, period, written: undefined },
      ...(isMonth(period) ? { month: period } : {}),
    });
  }

  /** A month that is chosen here is the one that reports speak of as well, and the other way round. */
  chooseMonth(month: string): void {
    const { reporting } = this.tools.store.get();
    this.tools.store.set({
      month,
      ...(isMonth(reporting.period) && reporting.period !== month
        ? { reporting: { ...reporting, period: month, written: undefined } }
        : {}),
    });
  }

  // ------------------------------------------------------------ reports

  /** The ribbon's 生成月报: the last finished month, from the ledger as it stands now. */
  async reportLastMonth(): Promise<void> {
    this.chooseReport(GENERAL_REPORTS.month, lastFinishedMonth(this.tools.now()));
    await this.ledger.look();
    if (this.tools.store.get().report) await this.writeReport();
  }

  /** The ribbon's 扣款通知: shows the last finished month. Sending out can't be taken back, so that is left to a button. */
  async showLastNotices(): Promise<void> {
    this.chooseMonth(lastFinishedMonth(this.tools.now()));
    await this.ledger.look();
  }

  /** Writes the chosen report into the workbook. */
  async writeReport(): Promise<void> {
    const { store, work, worker, workbook } = this.tools;
    if (store.get().stale) await this.ledger.look();
    const { reporting, stale } = store.get();
    if (stale) return;
    const { report, period } = reporting;
    await work.alone("writing", async () => {
      const sheet = await worker.call("report", { ...this.ledger.when(), report, period, mask: store.get().mask });
      const { columns, table } = await this.ledger.read();
      const [rows, across, count] = (["category", "status", "id"] as const).map((id) => columns.get(id)?.header);
      const isGeneral = Object.values(GENERAL_REPORTS).includes(report);
      const pivot =
        isGeneral && table !== undefined && rows !== undefined && across !== undefined && count !== undefined
          ? { table, rows, columns: across, count }
          : undefined;
      const placed = await workbook.writeReport(sheet, pivot);
      const written: WrittenReport = { ...placed, pivot: pivot !== undefined };
      store.set({ reporting: { report, period, written } });
    });
  }

  /** Calls back with the figure of the written report on which the user stands; returns the way to stop. */
  async followFigures(show: (figure: CountedFigure | undefined) => void): Promise<() => void> {
    const { store, work, workbook } = this.tools;
    const look = async (): Promise<void> => {
      const { written } = store.get().reporting;
      const place = written && (await workbook.selected());
      const here = place?.sheet === written?.sheet ? place : undefined;
      show(written?.figures.find(({ row, column }) => row === here?.row && column === here.column));
    };
    let stop: (() => Promise<void>) | undefined;
    await work.attempt(async () => {
      stop = await workbook.onSelection(() => void work.attempt(look));
    });
    return () => {
      stop?.().catch(() => undefined);
    };
  }

  /** The reports on a period taken apart by a column; undefined if that went wrong. */
  async splitReport(by: SplitBy): Promise<SplitFiles | undefined> {
    const { store, work, worker } = this.tools;
    const { reporting, mask } = store.get();
    return work.alone("reading", async () => {
      await this.ledger.lookWithin();
      const { report, period } = reporting;
      return worker.call("splitReport", { ...this.ledger.when(), report, period, by, mask });
    });
  }

  // ------------------------------------------------------------ files and forms

  /** Hands a file over; undefined if that went wrong. */
  async deliver(file: DocumentFile): Promise<Delivery | undefined> {
    let delivery: Delivery | undefined;
    await this.tools.work.attempt(async () => {
      delivery = await deliver(file, this.doors);
    });
    return delivery;
  }

  /** Makes the documents of a form for the case that is shown; undefined if that went wrong. */
  makeForm(form: string): Promise<readonly MadeForm[] | undefined> {
    return this.ofShownCase((of) => this.tools.worker.call("forms", { ...of, form }));
  }

  /** How the case that is shown was judged, as pages to print and sign; undefined if that went wrong. */
  makeExplanation(): Promise<DocumentFile | undefined> {
    return this.ofShownCase((of) => this.tools.worker.call("explanationFile", of));
  }

  private async ofShownCase<T>(make: (of: OfCase) => Promise<T>): Promise<T | undefined> {
    const { store, work } = this.tools;
    const { selected, mask } = store.get();
    if (selected.kind !== "judged") return undefined;
    const { id, pack } = selected.judged.explanation;
    return work.alone("reading", async () => {
      // Penalties and the month's figures rest on the whole ledger, as it stands now.
      await this.ledger.lookWithin();
      // Rows may have moved since: the complaint is known by its pack and number.
      return make({ ...this.ledger.when(), complaint: { row: selected.row, id, packId: pack?.id }, mask });
    });
  }

  /** What reminds of what is due, from the ledger as it was judged last; undefined if that went wrong. */
  async makeReminders(kind: "calendar" | "drafts"): Promise<readonly DocumentFile[] | undefined> {
    let files: readonly DocumentFile[] | undefined;
    await this.tools.work.attempt(async () => {
      files = await this.tools.worker.call("reminders", { ...this.ledger.when(), kind });
    });
    return files;
  }

  // ------------------------------------------------------------ notices

  /** Records the new notices of a month in the workbook, together with the whole run they rest on. */
  async issueNotices(month: string): Promise<NoticesReport | undefined> {
    const { store, work, worker } = this.tools;
    return work.alone("reading", async () => {
      await this.ledger.read();
      work.enter("judging");
      await this.ledger.handOver();
      const { write, mismatch } = await worker.call("notices", { ...this.ledger.when(), month, issue: true });
      if (write) {
        await this.ledger.write(write);
        // What went out can't be taken back, and an earlier run's values are no longer what stands there.
        work.wrote(undefined);
        store.set({ written: undefined, restored: undefined, behind: false });
        await this.ledger.lookWithin();
      }
      const standing = await worker.call("notices", { ...this.ledger.when(), month, issue: false });
      return { ...standing, ...(mismatch ? { mismatch } : {}) };
    });
  }
}

function isMonth(period: string): boolean {
  return /^\d{4}-\d{2}$/.test(period);
}
