import { nodeCodec } from "../../ooxml/node-codec.js";
import { Package } from "../../ooxml/package.js";
import { workbookExtension } from "../../ooxml/workbook-part.js";

const ZIP = 0x504b0304;

/**
 * The extension a file of this content has to bear, if it may not bear the given one: Excel refuses to open a workbook
 * with macros as .xlsx, and the other way round. Undefined: it may; what is no workbook may bear any.
 */
export function otherExtension(bytes: Uint8Array, extension: string): string | undefined {
  const own = extensionOf(bytes);
  return own === undefined || `.${own}` === extension.toLowerCase() ? undefined : own;
}

function extensionOf(bytes: Uint8Array): string | undefined {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || head.getUint32(0) !== ZIP) return undefined;
  return workbookExtension(new Package(bytes, nodeCodec));
}
