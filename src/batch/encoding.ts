import { createReadStream } from "node:fs";
import { Readable, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Encodings in which people's programs leave CSV and JSON lines. */
const ENCODINGS = ["utf-8", "gb18030"] as const;
export type TextEncodingName = (typeof ENCODINGS)[number] | "utf-16le";

/** Which encoding a text file is in, by reading all of it; undefined if it is none of ours. */
export async function encodingOf(path: string): Promise<TextEncodingName | undefined> {
  const first = await firstBytes(path, 2);
  if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
  // A text that is valid UTF-8 is hardly ever meant as anything else; the other way round it would be.
  for (const encoding of ENCODINGS) if (await isValid(path, encoding)) return encoding;
  return undefined;
}

/** The beginning of a file in UTF-8. */
export async function topOf(path: string, bytes: number): Promise<string> {
  return new TextDecoder().decode(await firstBytes(path, bytes));
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(path, { end: count - 1 })) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function isValid(path: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Writes a copy of a text file in UTF-8, piece by piece. */
export async function copyAsUtf8(path: string, encoding: TextEncodingName, to: Writable): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const decode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
  await pipeline(Readable.from(createReadStream(path)), decode, to);
}
