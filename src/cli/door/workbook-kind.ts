import { nodeCodec } from "../../ooxml/node-codec.js";
import { Package } from "../../ooxml/package.js";

/** Which extensions a workbook's content may bear: Excel refuses to open one with macros as .xlsx, and the other way round. */
const KINDS: readonly (readonly [mark: string, extension: string])[] = [
  ["ms-excel.sheet.macroEnabled.main+xml", ".xlsm"],
  ["ms-excel.template.macroEnabled.main+xml", ".xltm"],
  ["spreadsheetml.template.main+xml", ".xltx"],
  ["spreadsheetml.sheet.main+xml", ".xlsx"],
];

const OTHERS: ReadonlySet<string> = new Set([".xls", ".xlsb", ".csv", ".txt", ".ods", ".pdf", ".json"]);
const ZIP = 0x504b0304;

/** Whether a file of this content may have this extension; undefined kinds may have any. */
export function extensionFits(bytes: Uint8Array, extension: string): boolean {
  const kind = kindOf(bytes);
  const given = extension.toLowerCase();
  if (kind === undefined) return true;
  const isWorkbookName = OTHERS.has(given) || KINDS.some(([, known]) => known === given);
  return kind === given || !isWorkbookName;
}

/** The extension of a workbook by what it says of itself; undefined: no workbook. */
function kindOf(bytes: Uint8Array): string | undefined {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || head.getUint32(0) !== ZIP) return undefined;
  const types = new TextDecoder().decode(new Package(bytes, nodeCodec).bytes("[Content_Types].xml"));
  return KINDS.find(([mark]) => types.includes(mark))?.[1];
}
