import type { Pack } from "../rules/pack.js";
import type { Parameter } from "../rules/pack-schema.js";

/** A pack that the build has checked, without its cases, as JSON: maps become lists. All of it, whatever it comes to hold. */
export type BuiltPack = Omit<Pack, "parameters" | "cases"> & { readonly parameters: readonly Parameter[] };

export function builtPackOf(pack: Pack): BuiltPack {
  const built: Omit<Pack, "parameters" | "cases"> & { cases?: Pack["cases"] } = { ...pack };
  delete built.cases;
  return { ...built, parameters: [...pack.parameters.values()] };
}

export function packOf({ parameters, ...built }: BuiltPack): Pack {
  return { ...built, parameters: new Map(parameters.map((parameter) => [parameter.name, parameter])), cases: [] };
}
