import { column, type InputId, type OutputId } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import type { Message } from "../process/outcome.js";
import { say } from "../process/sentences.js";
import { rowsText, sheetText } from "./rows-text.js";
import type { LedgerSnapshot } from "./port.js";
import { lettersOf } from "./tables-beside.js";

/** What somebody has filled into output columns is left alone, and that is said. */
export function foreignMessage(foreign: readonly OutputId[], language: Language): Message[] {
  if (foreign.length === 0) return [];
  const headers = foreign.map((id) => column(id).header).join("、");
  return [{ level: "info", cause: "foreign.kept", text: say(language, "foreign.kept", { headers }) }];
}

/** What of the sheet was read otherwise than row by row: each kind is said once, with how many and where. */
export function shapeMessages(snapshot: LedgerSnapshot, language: Language): Message[] {
  const { sheets, leftOut = [], secondColumns = [] } = snapshot;
  const sheet = sheetText(snapshot);
  return [
    ...otherSheets(snapshot, language),
    ...(snapshot.tablesBeside ?? []).map((table): Message => ({
      level: "info",
      cause: `ledger.table-beside/${lettersOf(table)}`,
      text: say(language, "ledger.table-beside", {
        sheet,
        letters: lettersOf(table),
        headers: table.headers.map(({ header }) => header).join("、"),
      }),
    })),
    ...lostDigits(snapshot, language),
    ...secondColumns
      .filter(({ id }) => snapshot.rows.some(({ second }) => second?.[id as InputId] !== undefined))
      .map(({ id, kept, other }): Message => ({
        level: "warning",
        cause: `ledger.second-column/${id}`,
        text: say(language, "ledger.second-column", {
          sheet,
          column: column(id).header,
          kept: `${kept.letter} ${kept.header}`,
          other: `${other.letter} ${other.header}`,
        }),
      })),
    ...leftOut.map(({ kind, rows }): Message => ({
      level: "warning",
      cause: `ledger.left-out.${kind}`,
      text: say(language, `ledger.left-out.${kind}`, { sheet, count: rows.length, rows: rowsText(rows, sheets) }),
    })),
  ];
}

/** Numbers by which things are known; Excel keeps fifteen digits of one that was not typed as text. */
const KNOWN_BY = ["id", "followsId", "orderNo", "partNo", "phone"] as const;
const FIRST_LOST = 1e15;

function lostDigits(snapshot: LedgerSnapshot, language: Language): Message[] {
  const { rows, columns, sheets } = snapshot;
  const sheet = sheetText(snapshot);
  return KNOWN_BY.flatMap((id) => {
    if (!columns.has(id)) return [];
    const lost = rows.filter(({ cells }) => typeof cells[id] === "number" && Math.abs(cells[id]) >= FIRST_LOST);
    if (lost.length === 0) return [];
    const { header, letter } = columns.get(id)!;
    const params = {
      sheet,
      header,
      letter,
      count: lost.length,
      rows: rowsText(
        lost.map(({ row }) => row),
        sheets,
      ),
    };
    return [{ level: "warning", cause: `ledger.digits-lost/${id}`, text: say(language, "ledger.digits-lost", params) }];
  });
}

function otherSheets({ sheet, otherSheets: others = [] }: LedgerSnapshot, language: Language): Message[] {
  if (others.length === 0) return [];
  const names = others.map((name) => `“${name}”`).join("、");
  return [
    { level: "warning", cause: "ledger.other-sheets", text: say(language, "ledger.other-sheets", { sheet, names }) },
  ];
}
