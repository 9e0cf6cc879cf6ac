import type { Language } from "../../locales/language.js";
import { defaultPackName, findPack } from "../../process/choose-pack.js";
import type { PackInfo } from "../../jobs/loaded-packs.js";

/** The title of the pack that a ledger calls by this name (undefined: rows that name none). */
export function packTitle(
  name: string | undefined,
  packs: readonly PackInfo[] | undefined,
  language: Language,
): string {
  const known = new Map((packs ?? []).map((info) => [info.header.id, info]));
  const wanted = defaultPackName(name, known);
  return findPack(wanted, known)?.header.title[language] ?? wanted;
}
