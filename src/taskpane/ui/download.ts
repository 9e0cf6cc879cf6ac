import type { DocumentFile } from "../../jobs/issue-notices.js";

/** Hands a file to the browser to be saved. */
export function download({ name, bytes }: DocumentFile): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
