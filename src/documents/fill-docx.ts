import { TemplateHandler, type TemplateData } from "easy-template-x";
import { steadyZip } from "./steady-zip.js";

/** Filling Word templates. Placeholders stand in braces, {客户名称}; {#明细} … {/明细} repeats what is between. */

/** Values by placeholder; a list repeats what stands between its opening and closing placeholder. */
export interface DocumentData {
  readonly [placeholder: string]: string | readonly DocumentData[];
}

const handler = new TemplateHandler();
const OPENS = "#";
const CLOSES = "/";

/** What a template asks for: placeholders outside lists, and those inside by list. */
export interface TemplateFields {
  readonly fields: ReadonlySet<string>;
  readonly lists: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The placeholders of a template. Throws on what is no Word file and on lists that are not closed. */
export async function templateFields(template: Uint8Array): Promise<TemplateFields> {
  const fields = new Set<string>();
  const lists = new Map<string, Set<string>>();
  let inside: Set<string> | undefined;
  for (const { rawText } of await handler.parseTags(arrayBuffer(template))) {
    const name = rawText.replace(/^\{|\}$/g, "").trim();
    if (name.startsWith(CLOSES)) {
      inside = undefined;
    } else if (name.startsWith(OPENS)) {
      const list = name.slice(OPENS.length).trim();
      inside = lists.get(list) ?? new Set();
      lists.set(list, inside);
    } else {
      (inside ?? fields).add(name);
    }
  }
  return { fields, lists };
}

/** The template with its placeholders filled; equal input gives equal bytes. */
export async function fillDocx(template: Uint8Array, data: DocumentData): Promise<Uint8Array> {
  const filled = await handler.process(arrayBuffer(template), cleaned(data));
  return steadyZip(new Uint8Array(filled));
}

/** XML can't hold control characters, wherever a cell may have got them from. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function cleaned(data: DocumentData): TemplateData {
  const result: TemplateData = {};
  for (const [name, value] of Object.entries(data))
    result[name] = typeof value === "string" ? value.replace(CONTROLS, "") : value.map(cleaned);
  return result;
}

/** Bytes as both the browser and Node hand them to the libraries. */
export function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
