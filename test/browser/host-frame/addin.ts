import { excelRun, openExcelLedger } from "../../../src/ledger/excel/excel-ledger.js";

/** An add-in page as small as can be: it reads the ledger, writes a status, and listens. Bundled by the test. */

export interface AddinReport {
  readonly info: { readonly host: string; readonly platform: string };
  readonly supports: readonly boolean[];
  readonly ids: readonly unknown[];
  readonly changedCells: number;
  readonly failure: string;
}

const events: string[] = [];

async function main(): Promise<AddinReport> {
  const info = await Office.onReady();
  const { requirements } = Office.context;
  const supports = (version: string): boolean => requirements.isSetSupported("ExcelApi", version);
  const ledger = openExcelLedger(excelRun(Excel, supports), { supports });
  const snapshot = await ledger.read();
  const rows = snapshot.rows.map(({ row }) => ({ row, outputs: { status: "处理中" } }));
  const report = await ledger.write({ outputColumns: ["status"], rows, tables: [] });
  await Excel.run(async (context) => {
    context.workbook.tables.getItem("Complaints").onChanged.add(({ address, source }) => {
      events.push(`${source} ${address}`);
      return Promise.resolve();
    });
    await context.sync();
  });
  const failure: unknown = await Excel.run(async (context) => {
    context.workbook.worksheets.getItem("没有").load("name");
    await context.sync();
  }).catch((error: unknown) => error);
  return {
    info: { host: String(info.host), platform: String(info.platform) },
    supports: [supports("1.13"), supports("1.99")],
    ids: snapshot.rows.map(({ cells }) => cells.id),
    changedCells: report.changedCells,
    failure: (failure as OfficeExtension.Error).code,
  };
}

Object.assign(window, { report: main(), events });
