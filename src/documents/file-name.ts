/** A part of a file name without what file systems forbid. */
export function fileNamePart(text: string): string {
  const plain = text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f<>:"/\\|?*]/g, "_")
    .replace(/[. ]+$/, "")
    .trim();
  return Array.from(plain).slice(0, 60).join("") || "_";
}
