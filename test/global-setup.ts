import type { TestProject } from "vitest/node";
import { buildIfNeeded } from "../scripts/demo/command.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Why the command could not be built; empty if it could. Tests of the command fail with it, all others run. */
    commandBuildProblem: string;
  }
}

/** Builds the command once, before any test file runs it as a child process. */
export default function setup(project: TestProject): void {
  let problem = "";
  try {
    buildIfNeeded();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  project.provide("commandBuildProblem", problem);
}
