import { getLocation, type JSONPath } from "jsonc-parser";

/** What may stand at a place of a JSON file, by its JSON Schema. Pure: the editor turns this into its own proposals. */

export interface Proposal {
  readonly label: string;
  /** What is inserted: JSON, with its quotes. */
  readonly insert: string;
  readonly detail: string;
}

export interface Proposals {
  /** Text from here to the cursor is replaced. */
  readonly from: number;
  readonly list: readonly Proposal[];
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly title?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Proposals at an offset; none where anything may stand, as in free text. */
export function proposalsAt(text: string, offset: number, root: object): Proposals | undefined {
  const location = getLocation(text, offset);
  const { path, isAtPropertyKey, previousNode } = location;
  const inNode = previousNode && offset > previousNode.offset && offset <= previousNode.offset + previousNode.length;
  const from = inNode ? previousNode.offset : offset;
  if (isAtPropertyKey) {
    const parents = schemasAt(root, path.slice(0, -1));
    const list = new Map<string, Proposal>();
    for (const schema of parents) {
      for (const [name, value] of Object.entries(schema.properties ?? {})) {
        const described = resolve(value, root)[0];
        const detail = value.description ?? described?.description ?? "";
        list.set(name, { label: name, insert: JSON.stringify(name), detail });
      }
    }
    return list.size > 0 ? { from, list: [...list.values()] } : undefined;
  }
  const list = new Map<string, Proposal>();
  for (const schema of schemasAt(root, path)) for (const value of valuesOf(schema)) list.set(value.insert, value);
  return list.size > 0 ? { from, list: [...list.values()] } : undefined;
}

function valuesOf(schema: Schema): Proposal[] {
  const proposal = (value: unknown, detail = ""): Proposal => ({
    label: String(value),
    insert: JSON.stringify(value),
    detail,
  });
  if (schema.const !== undefined) return [proposal(schema.const)];
  if (schema.enum) return schema.enum.map((value, i) => proposal(value, schema.enumDescriptions?.[i]));
  return schema.type === "boolean" ? [proposal(true), proposal(false)] : [];
}

/** The schemas that hold at a path; several where there are alternatives. */
function schemasAt(root: Schema, path: JSONPath): Schema[] {
  let found = resolve(root, root);
  for (const step of path) {
    found = found.flatMap((schema) => {
      const next = typeof step === "number" ? itemOf(schema, step) : memberOf(schema, step);
      return next ? resolve(next, root) : [];
    });
  }
  return found;
}

function itemOf({ items }: Schema, index: number): Schema | undefined {
  return Array.isArray(items) ? (items as readonly Schema[])[index] : (items as Schema | undefined);
}

function memberOf({ properties, additionalProperties }: Schema, name: string): Schema | undefined {
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/** A schema without references, alternatives side by side. */
function resolve(schema: Schema, root: Schema, depth = 0): Schema[] {
  if (depth > 20) return [];
  const { $ref, anyOf, oneOf, allOf } = schema;
  if ($ref !== undefined) {
    const target = $ref
      .replace(/^#\/?/, "")
      .split("/")
      .filter((part) => part !== "")
      .reduce<unknown>(
        (node, part) =>
          typeof node === "object" && node !== null
            ? (node as Record<string, unknown>)[part.replaceAll("~1", "/").replaceAll("~0", "~")]
            : undefined,
        root,
      );
    return typeof target === "object" && target !== null ? resolve(target, root, depth + 1) : [];
  }
  const branches = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])];
  return [schema, ...branches.flatMap((branch) => resolve(branch, root, depth + 1))];
}
