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

/** The placeholders of a template in their order, those of repeated parts among them. Throws on what is no Word file. */
export async function placeholdersIn(template: Uint8Array): Promise<string[]> {
  const tags = await handler.parseTags(Buffer.from(template));
  const names = tags
    .map(({ rawText }) => rawText.replace(/^\{|\}$/g, "").trim())
    .filter((name) => !name.startsWith(CLOSES))
    .map((name) => (name.startsWith(OPENS) ? name.slice(OPENS.length).trim() : name));
  return [...new Set(names)];
}

/** The template with its placeholders filled; equal input gives equal bytes. */
export async function fillDocx(template: Uint8Array, data: DocumentData): Promise<Uint8Array> {
  const filled = await handler.process(Buffer.from(template), cleaned(data));
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
