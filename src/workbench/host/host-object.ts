import { invalidArgument } from "./host-error.js";
import { isList, type Json } from "./wire.js";

/** A class of the object model: what its objects answer to, by the names of the public API (`getUsedRange`, `numberFormat`). */
export interface TypeSpec<Target extends object> {
  /** As in the documentation: `Range`, `TableColumn`. */
  readonly name: string;
  /** The id that instantiation tells the client, and how the wire names it. */
  readonly id?: { readonly wire: "Id" | "_Id"; readonly of: (target: Target) => Json };
  readonly scalars?: Readonly<Record<string, ScalarSpec<Target>>>;
  readonly children?: Readonly<Record<string, (target: Target) => HostObject | null>>;
  readonly methods?: Readonly<Record<string, (target: Target, args: Args) => Outcome>>;
  /** Members of a collection, in order. */
  readonly items?: (target: Target) => HostObject[];
  /** `getItem`: null if there is none. */
  readonly item?: (target: Target, key: Json) => HostObject | null;
}

export interface ScalarSpec<Target extends object> {
  readonly get: (target: Target) => Json;
  readonly set?: (target: Target, value: Json | HostObject) => void;
  /** Name under which the client sets it, where that isn't the name in PascalCase. */
  readonly setAs?: string;
}

/** What a method leaves: a value, an object, null for a null object, undefined for nothing. */
export type Outcome = Json | HostObject | undefined;

export type Arg = Json | HostObject | readonly (Json | HostObject)[];

/** An object of the model, as paths and actions reach it. */
export class HostObject {
  private constructor(
    readonly target: object,
    private readonly spec: TypeSpec<never>,
  ) {}

  static of<Target extends object>(spec: TypeSpec<Target>, target: Target): HostObject {
    return new HostObject(target, spec);
  }

  get type(): string {
    return this.spec.name;
  }

  /** The id for the client, with its wire name; undefined for classes without one. */
  id(): readonly [string, Json] | undefined {
    return this.spec.id && [this.spec.id.wire, this.spec.id.of(this.target as never)];
  }

  /** The public names of everything it answers to. */
  memberNames(): string[] {
    const { scalars, children, methods } = this.spec;
    return [scalars, children, methods].flatMap((members) => Object.keys(members ?? {}));
  }

  childNames(): string[] {
    return Object.keys(this.spec.children ?? {});
  }

  scalarNames(): string[] {
    return Object.keys(this.spec.scalars ?? {});
  }

  /** A scalar's value and wire name; undefined if the class has no such scalar. */
  read(name: string): { readonly wire: string; readonly value: Json } | undefined {
    const scalar = own(this.spec.scalars, name);
    return scalar && { wire: pascal(name), value: scalar.get(this.target as never) };
  }

  /** Sets a scalar; false if the class has no such scalar, or it can't be set. */
  write(name: string, value: Json | HostObject): boolean {
    const set = own(this.spec.scalars, name)?.set;
    set?.(this.target as never, value);
    return set !== undefined;
  }

  /** An object behind a property; undefined if the class has no such property. */
  child(name: string): HostObject | null | undefined {
    return own(this.spec.children, name)?.(this.target as never);
  }

  method(name: string): ((args: Args) => Outcome) | undefined {
    const method = own(this.spec.methods, name);
    return method && ((args) => method(this.target as never, args));
  }

  items(): HostObject[] | undefined {
    return this.spec.items?.(this.target as never);
  }

  item(key: Json): HostObject | null | undefined {
    return this.spec.item?.(this.target as never, key);
  }

  /** The public name behind a name on the wire. */
  publicName(wire: string): string {
    const scalars: Readonly<Record<string, ScalarSpec<never>>> = this.spec.scalars ?? {};
    const renamed = Object.keys(scalars).find((name) => scalars[name]!.setAs === wire);
    return renamed ?? camel(wire);
  }
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** `getItem` → `GetItem`; names with an underscore stay. */
export function pascal(name: string): string {
  return name.startsWith("_") ? name : name.charAt(0).toUpperCase() + name.slice(1);
}

export function camel(name: string): string {
  return name.startsWith("_") ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** The arguments of a call, read by kind. What isn't of the kind is `InvalidArgument`, as in Excel. */
export class Args {
  constructor(private readonly values: readonly Arg[]) {}

  private at(index: number): Arg {
    return this.values[index] ?? null;
  }

  text(index: number): string {
    const value = this.at(index);
    if (typeof value !== "string") throw invalidArgument();
    return value;
  }

  optionalText(index: number): string | undefined {
    return this.at(index) === null ? undefined : this.text(index);
  }

  whole(index: number): number {
    const value = this.at(index);
    if (typeof value !== "number" || !Number.isInteger(value)) throw invalidArgument();
    return value;
  }

  optionalWhole(index: number): number | undefined {
    return this.at(index) === null ? undefined : this.whole(index);
  }

  flag(index: number, otherwise: boolean): boolean {
    const value = this.at(index);
    return typeof value === "boolean" ? value : otherwise;
  }

  /** A plain value; objects are refused. */
  json(index: number): Json {
    const value = this.at(index);
    if (value instanceof HostObject) throw invalidArgument();
    return plainJson(value);
  }

  /** What stands behind an object argument, if it is of this class. */
  target<Target extends object>(index: number, of: abstract new (...args: never[]) => Target): Target | undefined {
    const value = this.at(index);
    return value instanceof HostObject && value.target instanceof of ? value.target : undefined;
  }

  /** The id of an object argument of this class. */
  idOf(index: number, type: string): Json | undefined {
    const value = this.at(index);
    return value instanceof HostObject && value.type === type ? value.id()?.[1] : undefined;
  }

  isText(index: number): boolean {
    return typeof this.at(index) === "string";
  }

  get length(): number {
    return this.values.length;
  }
}

function plainJson(value: Exclude<Arg, HostObject>): Json {
  if (!isArgList(value)) return value;
  return value.map((part) => {
    if (part instanceof HostObject) throw invalidArgument();
    return part;
  });
}

function isArgList(value: Exclude<Arg, HostObject>): value is readonly (Json | HostObject)[] {
  return Array.isArray(value);
}

/** A grid of values for a range: rows of equal length. Throws HostError `InvalidArgument` otherwise. */
export function grid(value: Json): readonly (readonly Json[])[] {
  if (!isList(value)) throw invalidArgument();
  return value.map((row) => {
    if (!isList(row)) throw invalidArgument();
    return row;
  });
}
