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
