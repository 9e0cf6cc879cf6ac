import type { Language } from "../locales/language.js";
import type { Message } from "../process/outcome.js";
import { say } from "../process/sentences.js";
import type { Pack } from "../rules/pack.js";

/** Packs that somebody has changed after they were signed: rows are judged by what no signer has seen. */
export function changedPackMessages(packs: ReadonlyMap<string, Pack>, language: Language): Message[] {
  return [...packs.values()].flatMap(({ header, signature }): Message[] => {
    if (!signature || signature.holds) return [];
    const params = { pack: header.title[language], signer: signature.signer, day: signature.signedOn };
    return [{ level: "warning", cause: "pack.changed", text: say(language, "pack.changed", params) }];
  });
}
