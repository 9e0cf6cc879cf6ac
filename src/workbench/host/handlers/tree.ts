import { HostObject, type ScalarSpec, type TypeSpec } from "../host-object.js";
import { isObject, type Json, type JsonObject } from "../wire.js";
import { asJson } from "./json-values.js";

/**
 * Objects that only record what is set on them: titles of charts, formats of conditional formats, page layouts. They
 * keep a tree of plain values that a workbook model can hold.
 */
export interface Recorder {
  readonly path: readonly string[];
  readonly read: () => JsonObject;
  readonly write: (tree: JsonObject) => void;
}

/** What a recording class has: scalars by name with the value that stands when nothing was set, and objects below it. */
export interface RecorderShape {
  readonly name: string;
  readonly scalars?: Readonly<Record<string, Json>>;
  readonly children?: Readonly<Record<string, RecorderShape>>;
  /** Methods that record their arguments under a name of the tree. */
  readonly calls?: Readonly<Record<string, string>>;
}

/** The object of a shape at a place of a tree. */
export function recorder(shape: RecorderShape, target: Recorder): HostObject {
  return HostObject.of(specOf(shape), target);
}

const SPECS = new WeakMap<RecorderShape, TypeSpec<Recorder>>();

function specOf(shape: RecorderShape): TypeSpec<Recorder> {
  let spec = SPECS.get(shape);
  if (!spec) {
    spec = {
      name: shape.name,
      scalars: Object.fromEntries(
        Object.entries(shape.scalars ?? {}).map(([name, initial]) => [name, recordedScalar(name, initial)]),
      ),
      children: Object.fromEntries(
        Object.entries(shape.children ?? {}).map(([name, child]) => [
          name,
          (target: Recorder) => recorder(child, { ...target, path: [...target.path, name] }),
        ]),
      ),
      methods: Object.fromEntries(
        Object.entries(shape.calls ?? {}).map(([name, key]) => [
          name,
          (target: Recorder, args) => {
            const values = Array.from({ length: args.length }, (_, i) => args.json(i));
            set(target, key, values.length === 1 ? values[0]! : values);
            return undefined;
          },
        ]),
      ),
    };
    SPECS.set(shape, spec);
  }
  return spec;
}

/** A scalar of a recording class. */
export function recordedScalar(name: string, initial: Json): ScalarSpec<Recorder> {
  return {
    get: (target) => at(target.read(), [...target.path, name]) ?? initial,
    set: (target, value) => {
      set(target, name, asJson(value));
    },
  };
}

function set(target: Recorder, name: string, value: Json): void {
  target.write(withValue(target.read(), [...target.path, name], value));
}

/** The value at a path of a tree; undefined if nothing stands there. */
export function at(tree: JsonObject, path: readonly string[]): Json | undefined {
  let node: Json | undefined = tree;
  for (const name of path) {
    if (!isObject(node)) return undefined;
    node = node[name];
  }
  return node;
}

/** A copy of a tree with another value at a path. */
export function withValue(tree: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return tree;
  const inner = tree[name];
  return { ...tree, [name]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value) };
}

/** A recorder over a field of some owner. */
export function recording(read: () => JsonObject, write: (tree: JsonObject) => void): Recorder {
  return { path: [], read, write };
}
