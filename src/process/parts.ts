import { createCalendar } from "../domain/calendar.js";
import type { InputColumn, InputId } from "../domain/columns.js";
import { sheetOfRow } from "../domain/sheet-rows.js";
import type { WallTime } from "../domain/wall-time.js";
import { ColumnSense } from "./column-sense.js";
import type { ProcessInput } from "./input.js";
import type { Message } from "./outcome.js";
import { RowPipeline } from "./row-pipeline.js";

/** What judges the rows of a ledger: one pipeline, or one for each workbook of a group, with its own headers and people. */
export class Pipelines {
  private readonly list: readonly { readonly pipeline: RowPipeline; readonly sense: ColumnSense }[];

  constructor(
    private readonly input: ProcessInput,
    columns: readonly InputColumn[],
  ) {
    const { parts } = input;
    if (parts === undefined) {
      const sense = new ColumnSense(columns, input);
      this.list = [{ sense, pipeline: new RowPipeline(input, columns, sense) }];
      return;
    }
    const rows = parts.map((): ProcessInput["rows"][number][] => []);
    for (const row of input.rows) rows[sheetOfRow(row.row)]!.push(row);
    const calendar = createCalendar(input.holidays);
    this.list = parts.map((part, i) => {
      const { sheet, title, columns: places, inputs, asked, proposesOnly, dateOrders, people, settings } = part;
      const place = { ...input.place, sheet, columns: places, ...(title === undefined ? {} : { title }) };
      const rules = { ...input.settings, ...settings };
      const shared: ProcessInput & { dateOrders?: unknown } = { ...input };
      delete shared.dateOrders;
      const written = dateOrders === undefined ? {} : { dateOrders };
      const own: ProcessInput = {
        ...shared,
        ...written,
        rows: rows[i]!,
        asked,
        proposesOnly,
        place,
        people,
        settings: rules,
      };
      const sense = new ColumnSense(inputs, own);
      return { sense, pipeline: new RowPipeline(own, inputs, sense, calendar) };
    });
  }

  of(row: number): RowPipeline {
    return this.at(row).pipeline;
  }

  /** As the row's own column says. */
  date(id: InputId, row: number): WallTime | undefined {
    return this.at(row).sense.date(id, row);
  }

  /** How dates that are written in part were read, sheet by sheet. */
  messages(): readonly Message[] {
    return this.list.flatMap(({ sense }, i) => {
      const file = this.input.parts?.[i]?.source;
      return sense.messages().map((message) => (file === undefined ? message : { ...message, file }));
    });
  }

  private at(row: number): (typeof this.list)[number] {
    return this.list[this.input.parts === undefined ? 0 : sheetOfRow(row)]!;
  }
}
