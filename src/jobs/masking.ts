import type { InputId } from "../domain/columns.js";
import { isBlankWord } from "../domain/listed-values.js";
import { readPersons } from "../domain/persons-text.js";
import { readPeople } from "../domain/side-tables/people.js";
import { Masker } from "../documents/masking/masker.js";
import type { LedgerSnapshot } from "../ledger/port.js";

/** Columns whose cell is somebody's name. */
const NAMED: readonly InputId[] = ["customer", "receiver", "extensionApprovedBy"];

/** Hides everybody whom a ledger names: customers, who received or approved, who is responsible, and all of 人员. */
export function maskerOf({ rows, sideTables }: Pick<LedgerSnapshot, "rows" | "sideTables">): Masker {
  const names = new Set<string>();
  const add = (text: unknown): void => {
    if (typeof text === "string" && !isBlankWord(text)) names.add(text.trim());
  };
  for (const { cells } of rows) {
    for (const id of NAMED) add(cells[id]);
    const persons = typeof cells.person === "string" ? readPersons(cells.person) : [];
    if (Array.isArray(persons)) for (const { name } of persons) add(name);
    else add(cells.person);
  }
  const people = sideTables.get("People");
  for (const { name } of people ? readPeople(people).people : []) add(name);
  return new Masker(names);
}
