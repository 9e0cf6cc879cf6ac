import type { TestProject } from "vitest/node";
import { buildIfNeeded } from "../scripts/demo/command.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Why the command could not be built; empty if it could. Tests of the command fail with it, all others run. */
    commandBuildProblem: string;
  }
}

/** Where tests run the command as a child process. */
const FOLDERS = ["test/cli", "test/scripts", "test/disk"];

/** Whether the tests asked for on the command line (all, if none are named) may run the command. */
function commandIsAsked(): boolean {
  const asked = process.argv.slice(2).filter((word) => word.startsWith("test/") || word.startsWith("./test/"));
  const paths = asked.map((word) => word.replace(/^\.\//, ""));
  return paths.length === 0 || paths.some((path) => FOLDERS.some((f) => path.startsWith(f) || f.startsWith(path)));
}

/** Builds the command once, before any test file runs it as a child process. */
export default function setup(project: TestProject): void {
  let problem = "";
  try {
    if (commandIsAsked()) buildIfNeeded();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  project.provide("commandBuildProblem", problem);
}
