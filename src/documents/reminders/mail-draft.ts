import { addAll } from "../../domain/grouping.js";
import type { WallTime } from "../../domain/wall-time.js";
import { isoTime, weekday, dayOfTime } from "../../domain/wall-time.js";

/** A mail that somebody looks at and sends: a message (RFC 5322) marked as a draft. */
export interface MailDraft {
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
  readonly text: string;
  readonly now: WallTime;
}

const LINE = "\r\n";
/** Bytes of an encoded word: framed, and behind the name of its header, it stays within a line of 78 characters. */
const WORD = 42;
const BASE64_LINE = 76;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The draft as an .eml file. Whatever is not ASCII is encoded, so that every mail program reads it. */
export function mailDraft({ to, subject, text, now }: MailDraft): string {
  const recipients = to.map(({ name, address }) => `${encoded(name)} <${plainAddress(address)}>`);
  return [
    // Outlook opens it ready to be sent.
    "X-Unsent: 1",
    ...(recipients.length > 0 ? [`To: ${recipients.join(`,${LINE} `)}`] : []),
    `Subject: ${encoded(subject)}`,
    `Date: ${mailDate(now)}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    ...pieces(base64(new TextEncoder().encode(text.replace(/\r?\n/g, LINE))), BASE64_LINE),
    "",
  ].join(LINE);
}

/** A header's text as encoded words, each of whole characters. */
function encoded(text: string): string {
  // A line break would begin another header.
  const line = text.replace(/[\r\n]+/g, " ");
  if (/^[\w .,()-]*$/.test(line) && line.length < 60) return line;
  const words: string[] = [];
  let bytes: number[] = [];
  for (const char of line) {
    const more = new TextEncoder().encode(char);
    if (bytes.length + more.length > WORD) {
      words.push(word(bytes));
      bytes = [];
    }
    addAll(bytes, more);
  }
  words.push(word(bytes));
  return words.join(`${LINE} `);
}

function word(bytes: readonly number[]): string {
  return `=?utf-8?B?${base64(Uint8Array.from(bytes))}?=`;
}

function plainAddress(address: string): string {
  return address.replace(/[^\x21-\x7e]|[<>,;]/g, "");
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
}

/** Tue, 31 Mar 2026 18:00:00 +0800 */
function mailDate(now: WallTime): string {
  const iso = isoTime(now);
  const month = MONTHS[Number(iso.slice(5, 7)) - 1]!;
  return `${DAYS[weekday(dayOfTime(now))]!}, ${iso.slice(8, 10)} ${month} ${iso.slice(0, 4)} ${iso.slice(11, 19)} +0800`;
}
