import type { Language } from "../locales/language.js";
import type { TrustedKey } from "../domain/public-key.js";
import { standingOf, type PackSignature } from "../rules/signature.js";
import { jobsText } from "./texts.js";

/** Whoever stands for a pack, in one sentence; undefined where nobody signed it. */
export function signatureText(
  signature: PackSignature | undefined,
  trusted: readonly TrustedKey[],
  language: Language,
): string | undefined {
  const standing = standingOf(signature, trusted);
  if (!signature || standing === "unsigned") return undefined;
  const { signer, signedOn, publicKey } = signature;
  const name = trusted.find((key) => key.publicKey === publicKey)?.name ?? signer;
  return jobsText(language, `signature.${standing}`, { signer, name, day: signedOn, key: publicKey });
}
