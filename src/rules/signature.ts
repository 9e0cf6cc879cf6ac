import * as ed25519 from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "./canonical-json.js";
import { base64Of, PUBLIC_KEY, type TrustedKey } from "../domain/public-key.js";
import { isoDate, z } from "./schema-parts.js";

/**
 * Who stands for a rule pack: an Ed25519 signature (RFC 8032) over the content of its rule files, kept beside them in
 * `signature.json`. A signature only says that nothing was changed since; whether the signer is somebody to believe says
 * a list of keys that is kept outside any workbook.
 */

export const SIGNATURE_FILE = "signature.json";

const SIGNATURE_BYTES = 64;

/** signature.json of a pack. */
export const signatureSchema = z.strictObject({
  signer: z.string().min(1).max(60).describe("Who signed, as people know them"),
  signedOn: isoDate.describe("The day it was signed"),
  publicKey: z.string().regex(PUBLIC_KEY).describe("The signer's Ed25519 public key, base64"),
  signature: z
    .string()
    .regex(base64Of(SIGNATURE_BYTES))
    .describe("Ed25519 over the rule files, signer and day, base64"),
});
export type SignatureFile = z.infer<typeof signatureSchema>;

/** What a signature is of: a rule file's path in the pack, and its JSON. Cases are no rules. */
export type SignedContent = readonly (readonly [path: string, json: unknown])[];

/** A signature as it was found, and whether the pack is still what was signed. */
export interface PackSignature extends Omit<SignatureFile, "signature"> {
  readonly holds: boolean;
}

/** The very bytes that are signed: however the files are indented, and in whatever order their keys stand. */
export function signedBytes(
  content: SignedContent,
  { signer, signedOn }: Pick<SignatureFile, "signer" | "signedOn">,
): Uint8Array {
  const files = [...content].sort(([a], [b]) => (a < b ? -1 : 1));
  return utf8ToBytes(`tiaoli-pack-signature-1\n${canonicalJson([signer, signedOn, files])}`);
}

/** Holds a signature against the pack's content. */
export function readSignature(file: SignatureFile, content: SignedContent): PackSignature {
  const { signature, ...rest } = file;
  return { ...rest, holds: verifies(fromBase64(signature), signedBytes(content, file), fromBase64(file.publicKey)) };
}

function verifies(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  ed25519.hashes.sha512 = sha512;
  try {
    return ed25519.verify(signature, message, key);
  } catch {
    // Bytes that are no point of the curve sign nothing.
    return false;
  }
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

// ------------------------------------------------------------ whom to believe

/** How a pack stands: nobody signed it; changed since; signed by a key that nobody here knows; signed by one to believe. */
export type Standing = "unsigned" | "changed" | "unknown" | "trusted";

export function standingOf(signature: PackSignature | undefined, trusted: readonly TrustedKey[]): Standing {
  if (!signature) return "unsigned";
  if (!signature.holds) return "changed";
  return trusted.some(({ publicKey }) => publicKey === signature.publicKey) ? "trusted" : "unknown";
}
