import type { DocumentFile } from "../../jobs/issue-notices.js";

/** How a file gets from the pane to the user. */
export interface FileDoors {
  /** Whether the frame Excel gives the pane lets files be saved. */
  readonly downloads: boolean;
  readonly download: (file: DocumentFile) => void;
  /** Opens a workbook, base64, beside the present one; undefined where Excel can't. */
  readonly openWorkbook: ((base64: string) => Promise<void>) | undefined;
}

/** `saved`: in the browser's downloads. `opened`: as a new workbook. `neither`: Excel has no way here. */
export type Delivery = "saved" | "opened" | "neither";

/** Office hosts whose web view hands files to the browser's downloads; those on Mac, iPad and Android don't. */
const DOWNLOADING: ReadonlySet<string> = new Set(["OfficeOnline", "PC"]);

export function downloadsOn(platform: string): boolean {
  return DOWNLOADING.has(platform);
}

/** Hands a file over: as a download, else, if it is a workbook, as a new workbook. */
export async function deliver(file: DocumentFile, doors: FileDoors): Promise<Delivery> {
  if (doors.downloads) {
    doors.download(file);
    return "saved";
  }
  if (!doors.openWorkbook || !file.name.endsWith(".xlsx")) return "neither";
  await doors.openWorkbook(base64(file.bytes));
  return "opened";
}

const CHUNK = 0x8000;

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}
