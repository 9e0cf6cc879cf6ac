import type { DuckDBConnection } from "@duckdb/node-api";
import type { ColumnId, InputId } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import { complaintRows } from "../ledger/complaint-rows.js";
import type { LedgerRow, LeftOutKind } from "../ledger/port.js";
import type { Message } from "../process/outcome.js";
import { say } from "../process/sentences.js";
import { FIRST_ROW, lineAt, type ColumnPlaces } from "./lines.js";
import { WHOLE_DATE } from "./partial-dates.js";

/**
 * Rows that are no complaints: totals, signatures, month headings, headers once more, numbers without anything. They are
 * told from complaints as in a workbook, and taken out of `source` before anything else looks at it.
 */

/** Spans of rows that are named. */
const SPANS = 8;
/** Rows looked at together: what tells a default from a value is how often it stands among them. */
const TOGETHER = 50_000;

/** Rows of one kind: how many, and the first of them, so that what is kept doesn't grow with the table. */
class RowSpans {
  count = 0;
  private more = false;
  private readonly spans: { readonly first: number; last: number }[] = [];

  /** Rows come in their order. */
  add(row: number): void {
    this.count += 1;
    const open = this.spans.at(-1);
    if (!this.more && open?.last === row - 1) open.last = row;
    else if (this.spans.length < SPANS) this.spans.push({ first: row, last: row });
    else this.more = true;
  }

  text(): string {
    const spans = this.spans.map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`));
    return spans.join("、") + (this.more ? "…" : "");
  }
}

/** What was left out of a table, by kind. */
export class LeftOutRows {
  private readonly kinds = new Map<LeftOutKind, RowSpans>();

  add(kind: LeftOutKind, row: number): void {
    let rows = this.kinds.get(kind);
    if (!rows) this.kinds.set(kind, (rows = new RowSpans()));
    rows.add(row);
  }

  get count(): number {
    return [...this.kinds.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** By kind, how many and which, as a person reads them. */
  get byKind(): readonly { readonly kind: LeftOutKind; readonly count: number; readonly rows: string }[] {
    return [...this.kinds].map(([kind, rows]) => ({ kind, count: rows.count, rows: rows.text() }));
  }

  /** Each kind is said once. */
  messages(sheet: string, language: Language): Message[] {
    return this.byKind.map(({ kind, count, rows }) => ({
      level: "warning",
      cause: `ledger.left-out.${kind}`,
      text: say(language, `ledger.left-out.${kind}`, { sheet, count, rows }),
    }));
  }
}

/** Takes rows that are no complaints out of `source`. */
export async function leaveOut(
  database: DuckDBConnection,
  { headers, places }: { readonly headers: readonly string[]; readonly places: ColumnPlaces },
): Promise<LeftOutRows> {
  const leftOut = new LeftOutRows();
  await database.run("CREATE TABLE left_out (idx BIGINT)");
  const appender = await database.createAppender("left_out");
  const named = new Map<ColumnId, string>([...places].map(([id, at]) => [id, headers[at]!]));
  for await (const { rows, texts } of oddRows(database, headers.length, places)) {
    for (const [row, kind] of kindsOf(rows, named, texts)) {
      leftOut.add(kind, row);
      appender.appendBigInt(BigInt(row - FIRST_ROW));
      appender.endRow();
    }
  }
  appender.closeSync();
  if (leftOut.count > 0) await database.run("DELETE FROM source WHERE idx IN (SELECT idx FROM left_out)");
  await database.run("DROP TABLE left_out");
  return leftOut;
}

/** Rows that are no complaints, in their order. */
function kindsOf(
  rows: readonly LedgerRow[],
  headers: ReadonlyMap<ColumnId, string>,
  texts: ReadonlyMap<number, readonly string[]>,
): (readonly [number, LeftOutKind])[] {
  const { leftOut } = complaintRows(rows, headers, (row) => texts.get(row) ?? []);
  return leftOut.flatMap(({ kind, rows: own }) => own.map((row) => [row, kind] as const)).sort(([a], [b]) => a - b);
}

interface OddRows {
  readonly rows: readonly LedgerRow[];
  /** All texts of each. */
  readonly texts: ReadonlyMap<number, readonly string[]>;
}

/** Rows without a whole day or a complaint, some at a time. */
async function* oddRows(database: DuckDBConnection, width: number, places: ColumnPlaces): AsyncGenerator<OddRows> {
  const [received, description] = (["receivedAt", "description"] as const).map((id) => `c${places.get(id)!}`);
  const columns = Array.from({ length: width }, (_, i) => `, c${i}`).join("");
  const result = await database.stream(
    `SELECT idx${columns} FROM source
     WHERE ${description} IS NULL OR trim(${description}) = '' OR ${received} IS NULL
        OR NOT regexp_full_match(trim(${received}), '${WHOLE_DATE}')
     ORDER BY idx`,
  );
  const ids: readonly InputId[] = [...places.keys()];
  let rows: LedgerRow[] = [];
  let texts = new Map<number, readonly string[]>();
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [indexes, ...all] = chunk.getColumns();
    const own = ids.map((id) => all[places.get(id)!]!);
    for (let i = 0; i < chunk.rowCount; i++) {
      const line = lineAt(Number(indexes![i]), ids, own, i);
      rows.push({ ...line, outputs: {} });
      texts.set(
        line.row,
        all.map((values) => values[i]).filter((value) => typeof value === "string"),
      );
    }
    if (rows.length < TOGETHER) continue;
    yield { rows, texts };
    rows = [];
    texts = new Map();
  }
  if (rows.length > 0) yield { rows, texts };
}
