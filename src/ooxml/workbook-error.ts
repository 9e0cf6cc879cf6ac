/** Everything that can be wrong with a workbook; the sentences for people live in the locale files, keyed by these codes. */
export const WORKBOOK_ERROR_CODES = [
  /** Neither a zip nor any other container we know: a CSV or HTML file renamed, an empty file … */
  "not-a-workbook",
  /** An encrypted workbook (OLE container with EncryptedPackage, or encrypted zip entries). */
  "password-protected",
  /** Excel 97–2003 (.xls). */
  "old-xls",
  /** Excel binary workbook (.xlsb). */
  "binary-xlsb",
  /** An OpenDocument file (.ods). */
  "open-document",
  /** The zip is cut off or its bytes don't match their checksum. params: part */
  "damaged-zip",
  /** A compression method other than stored and deflate. params: part, method */
  "unsupported-compression",
  /** A part that others point to is not in the package. params: part */
  "missing-part",
  /** Not well-formed, or not in the order the standard asks for. params: part, offset (in the part), reason */
  "malformed-xml",
  /** So much of something in one part that no program has written it. params: part, most */
  "too-much",
  /** A digital signature lies over the package; any change would break it. */
  "signed",
  /** A legacy shared workbook, with a log of revisions; it takes no tables. */
  "shared",
  /** The patched package would not fit the zip format without zip64. */
  "too-large",
] as const;

export type WorkbookErrorCode = (typeof WORKBOOK_ERROR_CODES)[number];

/** A workbook that cannot be read or patched. `code` is stable; `params` fill the sentence of that code. */
export class WorkbookError extends Error {
  override readonly name = "WorkbookError";

  constructor(
    readonly code: WorkbookErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`);
  }
}
