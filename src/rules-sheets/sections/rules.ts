import type { CellValue } from "../codecs.js";
import { columnOf, EXACT_COLUMN, type Cells, type Field, type Shape } from "../fields.js";
import { valueAt, type Json } from "../json.js";
import { bilingual, CellFault } from "../problem.js";
import { EVENT_WORDS } from "../vocabulary.js";
import type { Concern, EventType } from "../../rules/events/kinds.js";
import { CLAUSE, CONDITIONS, ID, NOTE, PERIOD, PRIORITY, TITLE } from "./common.js";
import { EVENT_FIELDS, eventFields, eventTypeField } from "./event-fields.js";
import { cellText, listSection, type Section } from "./section.js";

/** The rules of a concern, one a row. */
export function rulesSection(concern: Concern, name: string): Section {
  const type = eventTypeField(concern);
  const before: readonly Field[] = [ID, CLAUSE, ...TITLE.slice(0, 1), CONDITIONS, type];
  const after: readonly Field[] = [...PERIOD, PRIORITY, ...NOTE, ...TITLE.slice(1)];
  const all = eventFields(concern);
  const shape = (event: EventType | undefined): Shape => ({
    fields: [...before, ...(event === undefined ? [] : EVENT_FIELDS[event]), ...after],
    skeleton: { event: { params: {} } },
  });
  const section = listSection({
    name,
    about: bilingual("about.rules"),
    file: `${concern}.json`,
    key: "rules",
    columns: [...[...before, ...all, ...after].map(columnOf), EXACT_COLUMN],
    shapeOf: (entry) => shape(eventOf(entry, type)),
  });
  return {
    ...section,
    read(rows, draft, context) {
      const whole = rows.filter((row) => {
        const event = eventOf(row.cells, type);
        const own: readonly Field[] = event === undefined ? all : EVENT_FIELDS[event];
        const stray = all.find(({ header }) => row.cells.has(header) && !own.some((field) => field.header === header));
        if (stray)
          draft.fault(
            row,
            stray.header,
            new CellFault("fault.not-of-event", { header: stray.header, event: EVENT_WORDS.word(event ?? "") }),
          );
        return stray === undefined;
      });
      section.read(whole, draft, context);
    },
  };
}

/** The event of a rule, or the one that a row names. */
function eventOf(entry: Json | Cells, { header }: Field): EventType | undefined {
  const given: CellValue | Json | undefined = isCells(entry)
    ? EVENT_WORDS.name(cellText(entry, header))
    : valueAt(entry, ["event", "type"]);
  return typeof given === "string" && Object.hasOwn(EVENT_FIELDS, given) ? (given as EventType) : undefined;
}

function isCells(entry: Json | Cells): entry is Cells {
  return entry instanceof Map;
}
