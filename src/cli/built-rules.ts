import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { builtPackOf, packOf, type BuiltPack } from "../jobs/built-pack.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes-schema.js";

/**
 * Rules that the build has loaded already. Checking a pack costs many times what reading it does, and a daily run uses
 * the packs as they were shipped: so the build leaves each pack it has passed beside the program, with a digest of its
 * files. The files are read and digested in every run; whatever has been edited since is loaded with all checks again.
 */

/** Beside the bundled command; where there is no bundle nothing is found, and everything is loaded with its checks. */
export const BUILT_RULES = fileURLToPath(new URL("built-rules", import.meta.url));

interface KnownPack {
  readonly digest: string;
  readonly pack: BuiltPack;
}

/** SHA-256 of a pack's rule files: the same only if every one of them is the same to the byte. */
function digestOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const [path, text] of files) hash.update(`${path}\0${text.length}\0`).update(text);
  return hash.digest("hex");
}

/** What the build writes for a pack that has passed the loader; cases are not part of it. */
export function builtPackText(files: ReadonlyMap<string, string>, pack: Pack): string {
  const built: KnownPack = { digest: digestOf(files), pack: builtPackOf(pack) };
  return JSON.stringify(built);
}

/** The pack as the build has loaded it from these very files, without its cases; undefined if they are others. */
export function builtPack(name: string, files: ReadonlyMap<string, string>): Pack | undefined {
  const built = readBuilt(`${name}.json`) as KnownPack | undefined;
  return built?.digest === digestOf(files) ? packOf(built.pack) : undefined;
}

const STATUTES = "statutes.json";

/** What the build writes for the law it has checked. */
export function builtStatutesText(text: string): string {
  return JSON.stringify({ digest: digestOf(new Map([[STATUTES, text]])) });
}

/** The law, if the build has checked this very text. */
export function builtStatutes(text: string): Statutes | undefined {
  const built = readBuilt(STATUTES) as { readonly digest: string } | undefined;
  return built?.digest === digestOf(new Map([[STATUTES, text]])) ? (JSON.parse(text) as Statutes) : undefined;
}

function readBuilt(name: string): unknown {
  let text: string;
  try {
    text = readFileSync(`${BUILT_RULES}/${name}`, "utf8");
  } catch {
    return undefined;
  }
  return JSON.parse(text);
}
