/**
 * The error values of today's Excel, as cells show them and Office.js hands them over (`Excel.ErrorCellValueType`). A cell
 * that holds one is unreadable, whatever it says.
 */
export const CELL_ERRORS: readonly string[] = [
  "#NULL!",
  "#DIV/0!",
  "#VALUE!",
  "#REF!",
  "#NAME?",
  "#NUM!",
  "#N/A",
  "#GETTING_DATA",
  "#SPILL!",
  "#CALC!",
  "#FIELD!",
  "#BLOCKED!",
  "#BUSY!",
  "#UNKNOWN!",
  "#CONNECT!",
  "#EXTERNAL!",
  "#PYTHON!",
  "#TIMEOUT!",
];

const KNOWN: ReadonlySet<string> = new Set(CELL_ERRORS);

/** Whether a text is an error value. */
export function isCellError(text: string): boolean {
  return text.startsWith("#") && KNOWN.has(text);
}
