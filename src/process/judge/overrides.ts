import type { InputId } from "../../domain/columns.js";
import { isDoubtful } from "../../domain/listed-values.js";
import { isUnitName } from "../../domain/not-persons.js";
import { labelMeant, labelWithin, readUnit } from "../../domain/named-unit.js";
import { SLOT } from "../../rules/fact-row.js";
import { cellPlace } from "../cell-place.js";
import { moneyInputsOf } from "../money-inputs.js";
import type { RowWork } from "./row-work.js";

/*
 * 改判: what a person decided stands before every rule, but only as a whole value of the list. Anything that merely holds
 * a listed word is asked about, the rules go on as if the cell were blank, and nobody is charged until it is answered.
 */

/** Reads the three columns of 改判 and puts their listed values in place. */
export function readOverrides(work: RowWork): void {
  const { departmentOverride, categoryOverride, levelOverride } = work.row.inputs;
  if (categoryOverride !== undefined) readLabel(work, "categoryOverride", categoryOverride);
  if (levelOverride !== undefined) readLabel(work, "levelOverride", levelOverride);
  if (departmentOverride !== undefined) readDepartment(work, departmentOverride);
}

const OUTPUT_OF = { categoryOverride: "category", levelOverride: "level" } as const;

function readLabel(work: RowWork, id: keyof typeof OUTPUT_OF, value: string): void {
  const known = work.plan.valuesOf(OUTPUT_OF[id]);
  if (known.length === 0) return;
  const label = labelMeant(value, known);
  if (label !== undefined) {
    put(work, id, label);
    return;
  }
  const word = labelWithin(value, known);
  if (word === undefined) {
    ask(work, id, { key: "listed.unknown", value, known });
  } else {
    ask(work, id, { key: "listed.within", value, word, known });
    put(work, id, undefined);
  }
}

function readDepartment(work: RowWork, value: string): void {
  const { people } = work.context;
  const known = [...new Set([...work.plan.valuesOf("department"), ...people.departments])];
  const read = readUnit(value, known);
  switch (read.kind) {
    case "unit":
      put(work, "departmentOverride", read.name);
      return;
    case "outside":
      return;
    case "within":
      ask(work, "departmentOverride", { key: "listed.within", value, word: read.word, known });
      put(work, "departmentOverride", undefined);
      return;
    case "several":
      ask(work, "departmentOverride", { key: "listed.several", value, known });
      put(work, "departmentOverride", undefined);
      return;
    case "unknown": {
      const isUnit = isUnitName(value) && !isDoubtful(value);
      // Without 人员 nobody can know all units; a unit's name is then taken as it is written.
      if (people.empty && isUnit) return;
      if (moneyInputsOf(work.row.inForce.pack).has("departmentOverride"))
        ask(work, "departmentOverride", { key: "listed.unknown", value, known, holds: !isUnit });
      // Who is named as 责任人 pays all the same; a unit that nobody knows does not. 张三 is no unit at all.
      work.unitUnknown = true;
      if (!isUnit) put(work, "departmentOverride", undefined);
    }
  }
}

interface Asked {
  readonly key: "listed.within" | "listed.unknown" | "listed.several";
  readonly value: string;
  readonly word?: string;
  readonly known: readonly string[];
  /** Nothing of the row is settled until it is answered; so it is unless said otherwise. */
  readonly holds?: boolean;
}

function ask(work: RowWork, id: InputId, { key, value, word = "", known, holds = true }: Asked): void {
  const place = cellPlace(work.row.row, id, work.context.place);
  work.message("warning", key, work.t(key, { ...place, value, word, known: known.join("、") }), id);
  if (holds) work.unsettled = true;
}

function put(
  work: RowWork,
  id: "departmentOverride" | "categoryOverride" | "levelOverride",
  value: string | undefined,
) {
  if (work.row.inputs[id] === value) return;
  work.row = { ...work.row, inputs: { ...work.row.inputs, [id]: value } };
  work.facts.slots[SLOT[id]] = value;
}
