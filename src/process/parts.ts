import { createCalendar } from "../domain/calendar.js";
import type { InputColumn, InputId } from "../domain/columns.js";
import { sheetOfRow } from "../domain/sheet-rows.js";
import type { WallTime } from "../domain/wall-time.js";
import { ColumnSense } from "./column-sense.js";
import type { LedgerPart, ProcessInput } from "./input.js";
import type { Message } from "./outcome.js";
import { RowPipeline } from "./row-pipeline.js";

/** What judges the rows of a ledger: one pipeline, or one for each workbook of a group, with its own headers and people. */
export class Pipelines {
  private readonly list: readonly Piped[];
  /** By `sheetOfRow`; undefined where there is one for all. */
  private readonly bySheet: readonly Piped[] | undefined;

  constructor(input: ProcessInput, columns: readonly InputColumn[]) {
    const { parts } = input;
    if (parts === undefined) {
      const sense = new ColumnSense(columns, input);
      this.list = [{ sense, pipeline: new RowPipeline(input, columns, sense), file: undefined }];
      return;
    }
    const rows = new Map(parts.map((part): [LedgerPart, ProcessInput["rows"][number][]] => [part, []]));
    for (const row of input.rows) rows.get(parts[sheetOfRow(row.row)]!)!.push(row);
    const calendar = createCalendar(input.holidays);
    const piped = new Map([...rows].map(([part, own]) => [part, pipedOf(part, { ...input, rows: own }, calendar)]));
    this.list = [...piped.values()];
    this.bySheet = parts.map((part) => piped.get(part)!);
  }

  of(row: number): RowPipeline {
    return this.at(row).pipeline;
  }

  /** As the row's own column says. */
  date(id: InputId, row: number): WallTime | undefined {
    return this.at(row).sense.date(id, row);
  }

  /** How dates that are written in part were read, workbook by workbook. */
  messages(): readonly Message[] {
    return this.list.flatMap(({ sense, file }) =>
      sense.messages().map((message) => (file === undefined ? message : { ...message, file })),
    );
  }

  private at(row: number): Piped {
    return this.bySheet === undefined ? this.list[0]! : this.bySheet[sheetOfRow(row)]!;
  }
}

interface Piped {
  readonly pipeline: RowPipeline;
  readonly sense: ColumnSense;
  /** 来源工作簿 */
  readonly file: string | undefined;
}

function pipedOf(part: LedgerPart, input: ProcessInput, calendar: ReturnType<typeof createCalendar>): Piped {
  const { source, sheet, title, columns, inputs, asked, proposesOnly, dateOrders, people, settings } = part;
  const shared: ProcessInput & { dateOrders?: unknown } = { ...input };
  delete shared.dateOrders;
  const { sheets } = input.place;
  const own: ProcessInput = {
    ...shared,
    ...(dateOrders === undefined ? {} : { dateOrders }),
    ...{ asked, proposesOnly, people },
    // What stands above the headers of another workbook tells no year here.
    place: { sheet, columns, ...(title === undefined ? {} : { title }), ...(sheets === undefined ? {} : { sheets }) },
    settings: { ...input.settings, ...settings },
  };
  const sense = new ColumnSense(inputs, own);
  return { sense, file: source, pipeline: new RowPipeline(own, inputs, sense, calendar) };
}
