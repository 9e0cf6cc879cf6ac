import { column, type ColumnId } from "../domain/columns.js";
import { matchHeaders, possibleMapping } from "../domain/match-key.js";
import { NO_ANSWERS } from "../ledger/answers.js";
import { openFileLedger, readAnswers, readHeaderRows, type HeaderRow } from "../ledger/file/file-ledger.js";
import { LedgerError } from "../ledger/file/ledger-error.js";
import { NEEDED } from "../ledger/find-headers.js";
import { holdsDays, longestText, sampled } from "../ledger/guess-columns.js";
import { STRANGER_CELLS, type LedgerSnapshot, type Stranger } from "../ledger/port.js";
import type { Codec } from "../ooxml/codec.js";

/** Which headers of a workbook without a ledger may be the columns it lacks: for a person to say, never taken. */

export interface LikelyColumn {
  readonly column: ColumnId;
  readonly header: string;
  readonly sample: string | undefined;
}

/** By the names of headers, then by what stands below them. Empty where one of the missing columns can't be guessed. */
export function likelyColumns(
  bytes: Uint8Array,
  { sheet, codec }: { readonly sheet: string | undefined; readonly codec: Codec },
): readonly LikelyColumn[] {
  const answers = readAnswers(bytes, { codec });
  const places = readHeaderRows(bytes, { codec, answers }).filter(
    (place) => sheet === undefined || place.sheet === sheet,
  );
  const [place] = places.sort((a, b) => b.columns.size - a.columns.size || b.headers.length - a.headers.length);
  if (!place) return [];
  const missing = NEEDED.filter((id) => !place.columns.has(id));
  const strangers = strangersOf(bytes, place, missing, codec);
  const found = missing.flatMap((id) => likely(id, strangers) ?? []);
  const headers = new Set(found.map(({ header }) => header));
  return headers.size === missing.length ? found : [];
}

/** The headers that nobody claims, with what stands below them where the sheet can be read with two of them as the ledger's. */
function strangersOf(bytes: Uint8Array, place: HeaderRow, missing: readonly ColumnId[], codec: Codec): Stranger[] {
  const taken = new Set(place.columns.values());
  const free = place.headers.filter((_, i) => !taken.has(i));
  if (free.length < missing.length) return [];
  const trial = new Map(missing.map((id, i) => [free[i]!.header, id]));
  const answers = { ...NO_ANSWERS, mapping: trial };
  try {
    const { snapshot } = openFileLedger(bytes, { codec, answers, sheet: place.sheet });
    return free.map((own) => ({ ...own, cells: cellsOf(snapshot, own.letter) }));
  } catch (error) {
    if (error instanceof LedgerError) return free.map((own) => ({ ...own, cells: [] }));
    throw error;
  }
}

function cellsOf({ columns, rows, strangers = [] }: LedgerSnapshot, letter: string): Stranger["cells"] {
  const stranger = strangers.find((one) => one.letter === letter);
  if (stranger) return stranger.cells;
  const id = [...columns].find(([, one]) => one.letter === letter)?.[0];
  return rows.slice(0, STRANGER_CELLS).flatMap(({ row, cells }) => {
    const value = Object.entries(cells).find(([own]) => own === id)?.[1];
    return value === undefined || value === null ? [] : [{ row, value }];
  });
}

const BY_VALUES: Readonly<Partial<Record<ColumnId, (strangers: readonly Stranger[]) => Stranger | undefined>>> = {
  receivedAt: (strangers) => strangers.find(holdsDays),
  description: longestText,
};

/** How much a header's name speaks for a column; 0 where it doesn't. */
function scoreOf(header: string, id: ColumnId): number {
  return possibleMapping(header).find(({ column: other }) => other === id)?.score ?? 0;
}

function likely(id: ColumnId, strangers: readonly Stranger[]): LikelyColumn | undefined {
  const score = ({ header }: Stranger): number => scoreOf(header, id);
  const isDate = column(id).kind === "datetime";
  const named = strangers
    .filter((stranger) => score(stranger) > 0 && (!isDate || stranger.cells.length === 0 || holdsDays(stranger)))
    .toSorted((a, b) => score(b) - score(a))[0];
  const found = named ?? BY_VALUES[id]?.(strangers);
  if (!found) return undefined;
  const { header, samples } = sampled(found);
  return { column: id, header, sample: samples[0] };
}

/** As `likelyColumns`, for a table of which only the headers are looked at. */
export function likelyByName(headers: readonly string[], missing: readonly ColumnId[]): readonly LikelyColumn[] {
  const { columns } = matchHeaders(headers);
  const found = missing.flatMap((id): LikelyColumn[] => {
    const known = columns.get(id);
    if (known !== undefined) return [{ column: id, header: headers[known]!, sample: undefined }];
    const [best] = headers.toSorted((a, b) => scoreOf(b, id) - scoreOf(a, id));
    return best !== undefined && scoreOf(best, id) > 0 ? [{ column: id, header: best, sample: undefined }] : [];
  });
  return new Set(found.map(({ header }) => header)).size === missing.length ? found : [];
}
