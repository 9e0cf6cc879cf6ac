import { nodeCodec } from "../../ooxml/node-codec.js";
import { Package } from "../../ooxml/package.js";
import { workbookExtension } from "../../ooxml/workbook-part.js";

const ZIP = 0x504b0304;

/** Extensions by which people know a workbook. */
const WORKBOOK_EXTENSIONS = /^\.(?:xls[xmb]?|xlt[xm]?|xlam|et|ods)$/i;

/**
 * Why a file of this content may not bear an extension: Excel refuses to open a workbook with macros as .xlsx, and the
 * other way round, and whatever is no workbook under any of their names. Undefined: it may.
 */
export function misnamed(bytes: Uint8Array, extension: string): { readonly own: string | undefined } | undefined {
  const own = extensionOf(bytes);
  if (own !== undefined) return `.${own}` === extension.toLowerCase() ? undefined : { own };
  return WORKBOOK_EXTENSIONS.test(extension) ? { own } : undefined;
}

/** How files begin that people work on in programs of their own: zip (workbooks, Word files), OLE (those of before 2007), PDF. */
const KINDS: Readonly<Record<string, string>> = { "504b0304": "zip", d0cf11e0: "ole", "25504446": "pdf" };

/** What kind of file begins so; undefined for texts and whatever else. */
export function kindOf(bytes: Uint8Array): string | undefined {
  return KINDS[Buffer.from(bytes.subarray(0, 4)).toString("hex")];
}

function extensionOf(bytes: Uint8Array): string | undefined {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || head.getUint32(0) !== ZIP) return undefined;
  return workbookExtension(new Package(bytes, nodeCodec));
}
