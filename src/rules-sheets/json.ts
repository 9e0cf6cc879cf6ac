/** Plain JSON values: comparing them, and reaching into them by path. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
export type JsonPath = readonly (string | number)[];

/** An object that is being put together. */
export interface DraftObject {
  [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The same content, in whatever order keys stand. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  if (!isObject(a)) return a === b;
  if (!isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** What stands at a path of keys; undefined where there is nothing. */
export function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let at = value;
  for (const key of path) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

/**
 * Puts a value at a path of keys, making the objects on the way. An object is put beside what is there already: several
 * columns may make up one object.
 */
export function putAt(target: DraftObject, path: readonly string[], value: Json): void {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (isObject(value)) Object.assign(target, value);
    return;
  }
  if (rest.length === 0) {
    const before = target[key];
    target[key] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
    return;
  }
  const inner = target[key];
  // A fresh object of ours, or one that this very function has put there.
  const next: DraftObject = isObject(inner) ? inner : {};
  target[key] = next;
  putAt(next, rest, value);
}

/** A path as a key of a map. */
export function pathKey(path: JsonPath): string {
  return path.join("/");
}

/** A value as a word for a sentence or a key; an object or list as JSON. */
export function wordOf(value: Json | undefined): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}
