import { DETAIL_TABLE, detailTable } from "../documents/reports/detail-table.js";
import { reportPage, type ReportPage } from "../documents/reports/layout.js";
import { ledgerPivots } from "../documents/reports/ledger-pivot.js";
import { pageWithPivots } from "../documents/reports/report-pages.js";
import { withRowsPage, type RowPlace } from "../documents/reports/rows-page.js";
import { ownRow, sheetOfRow } from "../domain/sheet-rows.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import { memberOfRow, rowInMember } from "../ledger/group/member-of-row.js";
import { openFileLedger, type FileLedger } from "../ledger/file/file-ledger.js";
import { tableHeaders } from "../ledger/file/table-headers.js";
import type { Codec } from "../ooxml/codec.js";
import { addPages } from "../ooxml/pages/add-pages.js";
import { pivotBase } from "../ooxml/pages/pivot-parts.js";
import type { MayWrite } from "./judge-ledger.js";
import type { PeriodReport } from "./make-report.js";

/** Reports as files: sheets of the ledger's workbook, or a workbook of their own. */

const RESULTS = "Results";

/** A workbook as it was read. */
export interface ReadWorkbook {
  readonly ledger: FileLedger;
  readonly bytes: Uint8Array;
}

export interface ReportInLedger {
  /** The very bytes that were read if nothing changes. */
  readonly bytes: Uint8Array;
  readonly sheets: readonly string[];
  /** Without it the ledger has blank headers, on which no PivotTable can stand. */
  readonly hasPivot: boolean;
}

/** The ledger's workbook with the reports as sheets, outputs brought up to date with them. Throws `WorkbookError`. */
export function reportInLedger(
  leave: MayWrite,
  { source, frame: { t, period }, general, own }: PeriodReport,
  { ledger, bytes }: ReadWorkbook,
  codec: Codec,
): ReportInLedger {
  const written = leave.write ? ledger.write(leave.write).bytes : bytes;
  const processed = written === bytes ? ledger : openFileLedger(written, { codec });
  const headers = tableHeaders(written, RESULTS, codec);
  const pivots = ledgerPivots(processed.snapshot, source.cases, headers && { name: RESULTS, headers }, period.key);
  const page = pivots ? pageWithPivots(general, pivots.base, pivots.pivots, t("pivot.ledger"), t) : reportPage(general);
  const pages = withRowsPage([page, ...own.map(reportPage)], {
    key: period.key,
    cases: source.cases,
    placeOf: placesInLedger(processed.snapshot),
    footer: general.footer,
    t,
  });
  const added = addPages(written, pages, { codec });
  return { bytes: added.bytes, sheets: added.sheets, hasPivot: pivots !== undefined };
}

/** Rows on the sheets of the ledger's own workbook; those of a group's other workbooks can only be named. */
function placesInLedger(snapshot: LedgerSnapshot): (row: number) => RowPlace {
  const { sheet, sheets } = snapshot;
  return (row) => {
    const own = ownRow(row);
    const member = memberOfRow(snapshot, row);
    if (member) return { text: `${member.source}!${rowInMember(snapshot, row)}`, at: undefined };
    const name = sheets?.[sheetOfRow(row)]?.sheet ?? sheet;
    return { text: sheets ? `${name}!${own}` : String(own), at: { sheet: name, row: own } };
  };
}

/** A workbook of its own, with the judged rows. */
export async function reportAlone(
  { source, frame: { t, period }, general, own }: PeriodReport,
  codec: Codec,
): Promise<Uint8Array> {
  const { reportWorkbook } = await import("../documents/reports/report-workbook.js");
  const detail = detailTable(source.cases, t);
  const headers = detail.columns.map(({ header }) => header);
  const month = t("detail.month");
  const base = pivotBase({
    place: { table: DETAIL_TABLE },
    headers,
    rowCount: detail.rows.length,
    value: (row, at) => detail.rows[row]![at],
    grouped: ["投诉类别", "当前状态", "责任部门", month],
    keepRecords: true,
  });
  const inMonth = period.kind === "month" ? { filter: { header: month, value: period.key } } : {};
  const pages: ReportPage[] = [
    pageWithPivots(
      general,
      base,
      [
        { name: `${period.key} 投诉类别`, rows: "投诉类别", columns: "当前状态", counted: "投诉编号", ...inMonth },
        { name: `${period.key} 责任部门`, rows: "责任部门", columns: month, counted: "投诉编号" },
      ],
      t("pivot.detail"),
      t,
    ),
    ...own.map(reportPage),
  ];
  const detailSheet = t("detail.sheet");
  // The header stands on the first row.
  const lines = new Map(source.cases.map(({ row }, i) => [row, i + 2]));
  const linked = withRowsPage(pages, {
    key: period.key,
    cases: source.cases,
    placeOf: (row) => {
      const line = lines.get(row)!;
      return { text: String(line), at: { sheet: detailSheet, row: line } };
    },
    footer: general.footer,
    t,
  });
  return reportWorkbook(linked, detail, detailSheet, { codec });
}
