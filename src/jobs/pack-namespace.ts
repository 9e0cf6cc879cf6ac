/**
 * Rule packs that a workbook carries itself, as custom XML parts of this namespace:
 * `<pack xmlns="urn:tiaoli:pack" id="furniture-north"><file path="pack.json">…</file>…</pack>`; a large one with
 * `<packed>…</packed>` in place of its files (`packed-files.ts`). Such a pack brings its own
 * fines, so it counts only once somebody has looked at what differs and said so.
 */
export const PACK_NAMESPACE = "urn:tiaoli:pack";
