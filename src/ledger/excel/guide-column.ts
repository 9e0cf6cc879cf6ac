import { columnsToGuide, planColumns, type TableSpec } from "../own-table-plan.js";
import type { CellGuide } from "../port.js";

/** What people may choose in a column of ours, and what is said of it. A table takes its columns' validations on to rows that are added. */
export function guideColumn({ dataValidation }: Excel.Range, title: string, { prompt, choices }: CellGuide): void {
  if (choices) {
    dataValidation.rule = { list: { inCellDropDown: true, source: choices.join(",") } };
    dataValidation.errorAlert = { title, message: prompt, showAlert: true, style: "Warning" };
  }
  dataValidation.ignoreBlanks = true;
  dataValidation.prompt = { title, message: prompt, showPrompt: true };
}

/** Whether a column that stood before is to get its drop-down and note; known after the next request. */
export type MayGuide = (header: string) => boolean;

/** Asks which columns of a table of an earlier version nobody has given a validation: those get ours, as new ones do. */
export function askGuided(spec: TableSpec, headers: readonly string[], cellsOf: (at: number) => Excel.Range): MayGuide {
  const asked = new Map(
    columnsToGuide(spec, planColumns(spec, headers))
      .filter(({ isNew }) => !isNew)
      .map(({ at, header }) => [header, cellsOf(at).untrack().dataValidation.load("type")]),
  );
  return (header) => asked.get(header)?.type === "None";
}
