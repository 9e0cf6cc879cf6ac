import { readListed, type ListedReading, type ValueList } from "../../domain/listed-values.js";
import { SLOT } from "../../rules/fact-row.js";
import { LISTED_COLUMNS, listedFact, type ListedColumn } from "../../rules/lists.js";
import { cellPlace } from "../cell-place.js";
import type { RowWork } from "./row-work.js";

/** A column that holds whole sentences must not fill the memory of a pane that stays open. */
const MOST_TEXTS = 5000;

const readings = new WeakMap<ValueList, Map<string, ListedReading>>();

/** As `readListed`; the same few values come again on thousands of rows. */
function reading(list: ValueList, text: string): ListedReading {
  let known = readings.get(list);
  if (!known) readings.set(list, (known = new Map<string, ListedReading>()));
  let found = known.get(text);
  if (!found) {
    found = readListed(list, text);
    if (known.size === MOST_TEXTS) known.clear();
    known.set(text, found);
  }
  return found;
}

/** What listed columns say: whole values decide, anything else in them is asked about and decides nothing. */
export function readListedCells(work: RowWork): void {
  const { inputs, inForce } = work.row;
  const { lists } = inForce.pack;
  for (const column of LISTED_COLUMNS) {
    const list = lists[column];
    const text = inputs[column];
    if (list === undefined || text === undefined) continue;
    const { labels, within, unknown, held, times = 1 } = reading(list, text);
    if (labels.length > 0) {
      work.facts.slots[SLOT[listedFact(column)]] = labels;
      if (column === "misconduct") work.facts.slots[SLOT.misconductTimes] = times;
    }
    if (list.others === "free") continue;
    if (within.length === 0 && unknown.length === 0 && held.length === 0) continue;
    const known = labelsOf(list);
    if (list.others === "read") {
      for (const { value } of within) tell(work, column, "listed.read", { value, known });
      for (const value of unknown) tell(work, column, "listed.read", { value, known });
      continue;
    }
    for (const { value, word } of within) tell(work, column, "listed.within", { value, word, known });
    for (const value of unknown) tell(work, column, "listed.unknown", { value, known });
    if (held.length > 0) tell(work, column, "listed.held", { value: held.join("、") });
  }
}

const labels = new WeakMap<ValueList, string>();

/** The values that a list knows, as a sentence names them; one list serves thousands of rows. */
function labelsOf(list: ValueList): string {
  let text = labels.get(list);
  if (text === undefined) labels.set(list, (text = list.values.map(({ label }) => label).join("、")));
  return text;
}

function tell(
  work: RowWork,
  column: ListedColumn,
  key: "listed.within" | "listed.unknown" | "listed.held" | "listed.read",
  params: Readonly<Record<string, string>>,
): void {
  const place = cellPlace(work.row.row, column, work.context.place);
  work.message("warning", key, work.t(key, { ...place, ...params }), column);
}
