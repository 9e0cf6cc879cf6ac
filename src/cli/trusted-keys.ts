import { trustedKeysIn, type TrustedKey } from "../domain/public-key.js";
import { configFile } from "./config-folder.js";
import { keepOwn } from "./door/door.js";
import { readPlain } from "./door/reading.js";

/** Public keys whose signatures this machine's user believes, by name. */

const FILE = "trusted-keys.json";

/** What can't be read counts for nothing: then no key is believed. */
export function trustedKeys(environment: NodeJS.ProcessEnv = process.env): TrustedKey[] {
  try {
    return trustedKeysIn(JSON.parse(readPlain(configFile(FILE, environment)).toString("utf8")));
  } catch {
    return [];
  }
}

/** Keeps the list; false where this machine has no place for it. */
export function keepTrustedKeys(keys: readonly TrustedKey[], environment: NodeJS.ProcessEnv = process.env): boolean {
  try {
    keepOwn(configFile(FILE, environment), `${JSON.stringify(keys, null, 2)}\n`);
    return true;
  } catch {
    return false;
  }
}
