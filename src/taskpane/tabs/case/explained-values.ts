import type { OutputId } from "../../../domain/columns.js";
import type { Explanation } from "../../../process/explanation.js";

/** An output as it is shown; undefined if it has no value. */
export function valueOf(explanation: Explanation, id: OutputId): string | undefined {
  const value = explanation.outputs.find(({ output }) => output === id)?.value;
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join("；") : String(value).replace("T", " ");
}

/** The parts of an output that is a list. */
export function listOf(explanation: Explanation, id: OutputId): readonly string[] {
  const value = explanation.outputs.find(({ output }) => output === id)?.value;
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
