import { vi } from "vitest";
import { runCommandLine } from "../../src/cli/command-line.js";
import type { Run } from "./command.js";

/**
 * The command in this process, for tests that put something else in the place of a module of it, or that call it many
 * times: what it prints is caught, and an error that it doesn't tell of itself is the test's.
 */
export async function tiaoliHere(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const printed = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      printed[name] += typeof text === "string" ? text : new TextDecoder().decode(text);
      return true;
    }),
  );
  for (const [name, value] of Object.entries({ LANG: "zh_CN.UTF-8", LC_ALL: "", LC_MESSAGES: "", ...env }))
    vi.stubEnv(name, value);
  try {
    return { code: await runCommandLine(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
