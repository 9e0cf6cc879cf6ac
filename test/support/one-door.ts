import { excelRun, type ExcelRun } from "../../src/ledger/excel/excel-ledger.js";
import { isForWriting } from "../../src/ledger/excel/run.js";
import type { WorkbookHost } from "../../src/workbench/host/host.js";
import { RequestFlag } from "../../src/workbench/host/wire.js";

/**
 * `excelRun` that lets nothing change the workbook but what has come through `writing`, the door at which formats that
 * keep no tables and read-only workbooks are refused. Any other change is an error of the request that makes it.
 */
export function oneDoorRun(excel: typeof Excel, host: WorkbookHost): ExcelRun {
  const run = excelRun(grouping(excel, host), (version) => host.isSetSupported("ExcelApi", version));
  return (batch, options) =>
    run(async (context) => {
      watch(context, host);
      return batch(context);
    }, options);
}

/** The client of the tests is older than undo groups: it is told of them by the host, as a newer one would tell it. */
function grouping(excel: typeof Excel, host: WorkbookHost): Parameters<typeof excelRun>[0] {
  return {
    run: async ({ mergeUndoGroup = false, ...known }, batch) => {
      if (!mergeUndoGroup) return excel.run(known, batch);
      if (!host.isSetSupported("ExcelApi", "1.20")) throw new Error("this Excel knows no undo groups");
      return host.inUndoGroup(() => excel.run(known, batch));
    },
  };
}

/** What of a workbook is no change: where its user looks. */
function standing(host: WorkbookHost): string {
  return JSON.stringify({ ...host.model, activeSheet: undefined, selection: undefined });
}

function watch(context: Excel.RequestContext, host: WorkbookHost): void {
  const sync = context.sync.bind(context);
  context.sync = async <Result>(passThrough?: Result): Promise<Result> => {
    if (isForWriting(context) || !mayWrite(context)) return sync(passThrough);
    const before = standing(host);
    const result = await sync(passThrough);
    if (standing(host) !== before) throw new Error("the workbook was changed past the door for writing");
    return result;
  };
}

/** Whether the client says of the request that it is about to make that it may change something. */
function mayWrite(context: Excel.RequestContext): boolean {
  const { _pendingRequest: request } = context as unknown as { readonly _pendingRequest: PendingRequest };
  return (request.buildRequestMessageBodyAndRequestFlags().flags & RequestFlag.write) !== 0;
}

interface PendingRequest {
  buildRequestMessageBodyAndRequestFlags(): { readonly flags: number };
}
