import { createReadStream } from "node:fs";
import type { LineFile } from "./scratch.js";

/** Lines of rows that were judged once more take the place of what those rows gave first, in one reading of both files. */

/** Of a file whose lines begin with their row, in the order of the rows. */
interface RowLine {
  readonly row: number;
  readonly line: Buffer;
}

const NEWLINE = 10;
const BEGINS = Buffer.from('{"row":');
/** Lines that are gathered before they are written. */
const GATHERED = 1 << 20;

/** Writes the lines of `path`, but those of rows that `again` has lines of, which come in their place. */
export async function mergeLines(path: string, again: string, out: LineFile): Promise<void> {
  const news = linesOf(again);
  let next = await news.next();
  let gathered: Buffer[] = [];
  let size = 0;
  const put = async (line: Buffer): Promise<void> => {
    gathered.push(line);
    size += line.length;
    if (size < GATHERED) return;
    await out.put(Buffer.concat(gathered));
    gathered = [];
    size = 0;
  };
  let replaced = -1;
  for await (const { row, line } of linesOf(path)) {
    while (next.done !== true && next.value.row <= row) {
      replaced = next.value.row;
      await put(next.value.line);
      next = await news.next();
    }
    if (row !== replaced) await put(line);
  }
  for (; next.done !== true; next = await news.next()) await put(next.value.line);
  await out.put(Buffer.concat(gathered));
}

async function* linesOf(path: string): AsyncGenerator<RowLine> {
  let rest = Buffer.alloc(0);
  for await (const piece of createReadStream(path, { highWaterMark: GATHERED })) {
    const bytes = Buffer.concat([rest, piece as Buffer]);
    let from = 0;
    for (let to = bytes.indexOf(NEWLINE); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
      const line = bytes.subarray(from, to + 1);
      yield { row: rowOf(line), line };
      from = to + 1;
    }
    rest = bytes.subarray(from);
  }
}

function rowOf(line: Buffer): number {
  if (!line.subarray(0, BEGINS.length).equals(BEGINS)) throw new Error(`no row: ${line.toString().slice(0, 80)}`);
  return Number.parseInt(line.toString("latin1", BEGINS.length, BEGINS.length + 20), 10);
}
