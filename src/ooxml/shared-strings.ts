import { qualified } from "./dialect.js";
import { decodeText, type PackageDraft } from "./package.js";
import { WorkbookError } from "./workbook-error.js";
import { decodeCharacters, decodeXstring, escapeXstring, needsPreserve } from "./xml/escape.js";
import { characterData } from "./xml/tree.js";

/**
 * The text of a string item (`si` or `is`): its `t`, or the `t` of its rich-text runs joined; phonetic runs (`rPh`),
 * which only help reading aloud, don't count. `prefix` is that of the part's elements.
 */
export function itemText(markup: string, prefix: string): string {
  const t = qualified(prefix, "t");
  const phonetic = qualified(prefix, "rPh");
  const shown = markup.replace(new RegExp(`<${phonetic}[\\s>][\\s\\S]*?</${phonetic}\\s*>`, "g"), "");
  let text = "";
  for (const match of shown.matchAll(new RegExp(`<${t}(?:\\s[^>]*?)?(?:/>|>([\\s\\S]*?)</${t}\\s*>)`, "g")))
    text += decodeXstring(characterData(match[1] ?? ""));
  return text;
}

export interface SharedStrings {
  readonly texts: readonly string[];
  /** Indexes of items with rich text or phonetic runs, which a plain output must not share. */
  readonly rich: ReadonlySet<number>;
}

/** The texts of a shared strings part, by index. Throws `WorkbookError` malformed-xml. */
export function readSharedStrings(bytes: Uint8Array, part: string): SharedStrings {
  const text = decodeText(bytes);
  const open = SST.exec(text);
  if (!open) throw new WorkbookError("malformed-xml", { part, offset: 0, reason: "no sst" });
  const prefix = open[1]!.slice(0, -1);
  const start = `<${qualified(prefix, "si")}`;
  const end = `</${qualified(prefix, "si")}`;
  const run = `<${qualified(prefix, "r")}`;
  const plainOpen = `<${qualified(prefix, "t")}>`;
  const plainClose = `</${qualified(prefix, "t")}>${end}`;
  const texts: string[] = [];
  const rich = new Set<number>();
  for (let at = text.indexOf(start, open.index); at >= 0; at = text.indexOf(start, at)) {
    at += start.length;
    const after = text.charCodeAt(at);
    if (after !== 0x3e && after !== 0x2f && after > 0x20) continue;
    const openEnd = text.indexOf(">", at);
    if (text.charCodeAt(openEnd - 1) === 0x2f) {
      texts.push("");
      continue;
    }
    // By far the commonest form, one t without attributes, is read without cutting the item out first.
    if (text.startsWith(plainOpen, openEnd + 1)) {
      const from = openEnd + 1 + plainOpen.length;
      const to = text.indexOf("<", from);
      if (text.startsWith(plainClose, to)) {
        texts.push(decodeXstring(decodeCharacters(text.slice(from, to))));
        at = to;
        continue;
      }
    }
    const close = text.indexOf(end, openEnd);
    if (openEnd < 0 || close < 0)
      throw new WorkbookError("malformed-xml", { part, offset: at, reason: "si is not closed" });
    const markup = text.slice(openEnd + 1, close);
    if (markup.includes(run)) rich.add(texts.length);
    texts.push(itemText(markup, prefix));
    at = close;
  }
  return { texts, rich };
}

const SST = /<((?:[^\s/>:]+:)?)sst(?=[\s/>])[^>]*>/;
/** The root tag stands near the start, and what follows the last item near the end. */
const EDGE = 65_536;

/**
 * Strings to be added to a workbook. With `reuse`, cells refer to texts that are there already wherever possible, so
 * that daily runs don't pile up texts nobody refers to; a workbook that was never processed holds none of ours, so
 * looking through its strings would be in vain.
 */
export class SharedStringsDraft {
  private indexes: Map<string, number> | undefined;
  private readonly added: string[] = [];
  private references = 0;

  constructor(
    private readonly existing: SharedStrings,
    private readonly reuse: boolean,
  ) {}

  /** The index of this text; to be asked once for each cell that will refer to it. */
  index(text: string): number {
    this.indexes ??= this.existingIndexes();
    this.references++;
    let found = this.indexes.get(text);
    if (found === undefined) {
      found = this.existing.texts.length + this.added.length;
      this.indexes.set(text, found);
      this.added.push(text);
    }
    return found;
  }

  /** A cell stopped referring to the table. */
  release(): void {
    this.references--;
  }

  private existingIndexes(): Map<string, number> {
    const indexes = new Map<string, number>();
    if (!this.reuse) return indexes;
    const { texts, rich } = this.existing;
    for (let i = texts.length - 1; i >= 0; i--) if (!rich.has(i)) indexes.set(texts[i]!, i);
    return indexes;
  }

  /** Writes the part with the new strings after its items; true if the part had to be made. */
  apply(draft: PackageDraft, part: string, namespace: string): boolean {
    if (this.added.length === 0 && this.references === 0) return false;
    const encoder = new TextEncoder();
    if (!draft.has(part)) {
      draft.set(part, (emit) => {
        emit(
          encoder.encode(
            `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="${namespace}" count="${this.references}" uniqueCount="${this.added.length}">`,
          ),
        );
        this.emitItems(emit, "");
        emit(encoder.encode("</sst>"));
      });
      return true;
    }
    const bytes = draft.base.bytes(part);
    const length = (text: string): number => encoder.encode(text).length;
    const head = decodeText(bytes.subarray(0, EDGE));
    const open = SST.exec(head)!;
    const openStart = length(head.slice(0, open.index));
    const openEnd = openStart + length(open[0]);
    const name = `${open[1]!}sst`;
    const selfClosing = open[0].endsWith("/>");
    const openTag = open[0]
      .replace(/\/>$/, ">")
      .replace(
        /(\scount\s*=\s*["'])(\d+)/,
        (_, lead: string, count: string) => lead + String(Math.max(0, Number(count) + this.references)),
      )
      .replace(
        /(\suniqueCount\s*=\s*["'])\d+/,
        (_, lead: string) => lead + String(this.existing.texts.length + this.added.length),
      );
    const tail = decodeText(bytes.subarray(Math.max(openEnd, bytes.length - EDGE)));
    // An extension list may stand between the last item and the end.
    const lastItem = Math.max(0, tail.lastIndexOf(`</${open[1]!}si`));
    const extension = tail.indexOf(`<${open[1]!}extLst`, lastItem);
    const cut = bytes.length - length(tail.slice(extension >= 0 ? extension : tail.lastIndexOf(`</${name}`)));
    draft.set(part, (emit) => {
      emit(bytes.subarray(0, openStart));
      emit(encoder.encode(openTag));
      if (!selfClosing) emit(bytes.subarray(openEnd, cut));
      this.emitItems(emit, open[1]!.slice(0, -1));
      if (selfClosing) emit(encoder.encode(`</${name}>`));
      emit(bytes.subarray(selfClosing ? openEnd : cut));
    });
    return false;
  }

  private emitItems(emit: (chunk: Uint8Array) => void, prefix: string): void {
    const si = qualified(prefix, "si");
    const t = qualified(prefix, "t");
    const encoder = new TextEncoder();
    let batch = "";
    for (const text of this.added) {
      batch += `<${si}><${t}${needsPreserve(text) ? ' xml:space="preserve"' : ""}>${escapeXstring(text)}</${t}></${si}>`;
      if (batch.length > 65_536) {
        emit(encoder.encode(batch));
        batch = "";
      }
    }
    emit(encoder.encode(batch));
  }
}
