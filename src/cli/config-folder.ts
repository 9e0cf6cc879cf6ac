import { homedir } from "node:os";
import { join } from "node:path";

/** Overrides where this machine's user's own answers are kept; for tests, and for machines without a home. */
const PLACE = "TIAOLI_CONFIG_DIR";

/** A file of what this machine's user has said: never in a workbook, for whoever sends one would have answered for them. */
export function configFile(name: string, environment: NodeJS.ProcessEnv): string {
  const own = environment[PLACE];
  const base =
    process.platform === "win32"
      ? (environment.APPDATA ?? join(homedir(), "AppData", "Roaming"))
      : (environment.XDG_CONFIG_HOME ?? join(homedir(), ".config"));
  return join(own ?? join(base, "tiaoli"), name);
}
