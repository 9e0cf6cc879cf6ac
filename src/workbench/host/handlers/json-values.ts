import { invalidArgument } from "../host-error.js";
import { HostObject } from "../host-object.js";
import type { Json } from "../wire.js";
import type { CellValue } from "../workbook-model.js";

/** Values that clients set, read by kind. What isn't of the kind is `InvalidArgument`, as in Excel. */

export function asText(value: Json | HostObject): string {
  if (typeof value !== "string") throw invalidArgument();
  return value;
}

export function asFlag(value: Json | HostObject): boolean {
  if (typeof value !== "boolean") throw invalidArgument();
  return value;
}

export function asNumber(value: Json | HostObject): number {
  if (typeof value !== "number") throw invalidArgument();
  return value;
}

export function asJson(value: Json | HostObject): Json {
  if (value instanceof HostObject) throw invalidArgument();
  return value;
}

/** One of these words, as Excel spells them. */
export function oneOf<Word extends string>(words: readonly Word[], value: Json | HostObject): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw invalidArgument();
  return word;
}

/** A key of a collection, by name or id, as text. */
export function keyText(key: Json): string {
  return typeof key === "string" || typeof key === "number" ? String(key) : "";
}

/** A value for a cell. */
export function asCell(value: Json): CellValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw invalidArgument();
}
