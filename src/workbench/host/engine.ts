import { apiNotFound, HostError, invalidArgument, itemNotFound } from "./host-error.js";
import { Args, camel, HostObject, pascal, type Arg } from "./host-object.js";
import {
  ActionType,
  isList,
  PathType,
  type Action,
  type ActionResult,
  type ArgumentInfo,
  type Json,
  type JsonObject,
  type ObjectPath,
  type QueryInfo,
  type RequestBody,
  type ResponseBody,
} from "./wire.js";

/** What the engine needs to know of the object model it drives. */
export interface ObjectModel {
  readonly root: HostObject;
  /** Objects that a client makes itself, by name; undefined if there are none such. */
  create(name: string): HostObject | undefined;
  /** Whether the host's API sets have the member. */
  supports(type: string, member: string): boolean;
  /** Whether a request that fails gives back nothing at all. */
  readonly failuresGiveNothing: boolean;
  /** A range that the client keeps beyond this request, so that it moves with its cells; and its release. */
  keep(object: HostObject): void;
  release(object: HostObject): void;
}

/** The state of one request. */
interface Request {
  readonly paths: ReadonlyMap<number, ObjectPath>;
  /** Objects by path id; null is a null object. A path is resolved once a request, so that a creating method runs once. */
  readonly objects: Map<number, HostObject | null>;
}

/** Runs requests of the client against an object model. Knows paths and actions, but nothing of Excel. */
export class Engine {
  private readonly references = new Map<string, HostObject>();
  private readonly referenceOf = new WeakMap<HostObject, string>();
  private lastReference = 0;

  constructor(private readonly model: ObjectModel) {}

  /** Number of objects that clients keep at the moment. */
  get liveReferences(): number {
    return this.references.size;
  }

  /** Runs the actions in order up to the first failure; what was done before it stays done, as in Excel. */
  run(body: RequestBody): ResponseBody {
    const request: Request = { paths: body.paths, objects: new Map() };
    const results: ActionResult[] = [];
    const traces: number[] = [];
    for (const [index, action] of body.actions.entries()) {
      try {
        if (action.type === ActionType.trace) traces.push(action.id);
        const value = this.perform(action, request);
        if (value !== undefined) results.push({ ActionId: action.id, Value: value });
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        const path = body.paths.get(action.path);
        return {
          Results: this.model.failuresGiveNothing ? [] : results,
          TraceIds: traces,
          Error: {
            Code: error.code,
            Message: error.message,
            HttpStatusCode: error.status,
            ActionIndex: index,
            Location: path?.name || action.name,
          },
        };
      }
    }
    return { Results: results, TraceIds: traces };
  }

  private perform(action: Action, request: Request): Json | undefined {
    if (action.type === ActionType.trace) return null;
    const object = this.resolve(action.path, request);
    switch (action.type) {
      case ActionType.instantiate:
        return object && this.identity(object);
      case ActionType.query:
      case ActionType.queryAsJson:
        return object && this.query(object, action.query);
      case ActionType.setProperty:
        if (!object) throw invalidArgument();
        this.set(object, action.name, this.oneArgument(action.args, request));
        return undefined;
      case ActionType.update:
        if (!object) throw invalidArgument();
        for (const [name, value] of Object.entries(action.state)) this.set(object, pascal(name), value);
        return undefined;
      case ActionType.method:
        if (object) return this.call(object, action, request);
        if (action.name === "_KeepReference") return null;
        throw itemNotFound();
      default:
        throw new HostError("NotImplemented", `The host doesn't know action type ${action.type}.`, 501);
    }
  }

  private resolve(id: number, request: Request): HostObject | null {
    const known = request.objects.get(id);
    if (known !== undefined) return known;
    const path = request.paths.get(id);
    if (!path) throw new HostError("InvalidObjectPath", `The object path ${id} isn't in the request.`);
    const object = this.follow(path, request);
    request.objects.set(id, object);
    return object;
  }

  private follow(path: ObjectPath, request: Request): HostObject | null {
    if (path.type === PathType.root) return this.model.root;
    if (path.type === PathType.nullObject) return null;
    if (path.type === PathType.reference) {
      const kept = this.references.get(path.name);
      if (!kept) throw new HostError("InvalidReference", "This reference is not valid for the current operation.");
      return kept;
    }
    if (path.type === PathType.newObject) {
      const created = this.model.create(path.name);
      if (!created) throw apiNotFound(path.name);
      return created;
    }
    const parent = path.parent === undefined ? this.model.root : this.resolve(path.parent, request);
    return parent && this.step(parent, path, request);
  }

  private step(parent: HostObject, path: ObjectPath, request: Request): HostObject | null {
    if (path.type === PathType.property) return this.found(parent, path.name, parent.child(camel(path.name)));
    const args = this.args(path.args, request);
    if (path.type === PathType.indexer) {
      const item = parent.item(args.json(0));
      if (item === null) throw itemNotFound();
      return this.found(parent, "getItem", item);
    }
    this.requireApi(parent.type, camel(path.name));
    const outcome = parent.method(camel(path.name))?.(args);
    if (outcome !== null && !(outcome instanceof HostObject)) throw apiNotFound(`${parent.type}.${path.name}`);
    return outcome;
  }

  private found(parent: HostObject, name: string, object: HostObject | null | undefined): HostObject | null {
    if (object === undefined) throw apiNotFound(`${parent.type}.${name}`);
    this.requireApi(parent.type, camel(name));
    return object;
  }

  private call(object: HostObject, { name, args }: Action, request: Request): Json {
    if (name === "_KeepReference") {
      this.keep(object);
      return null;
    }
    if (name === "_RemoveReference") {
      this.release(args.values[0]);
      return null;
    }
    this.requireApi(object.type, camel(name));
    const method = object.method(camel(name));
    if (!method) throw apiNotFound(`${object.type}.${name}`);
    const outcome = method(this.args(args, request));
    return outcome === undefined || outcome instanceof HostObject ? null : outcome;
  }

  private keep(object: HostObject): void {
    if (this.referenceOf.has(object)) return;
    const reference = `ref${++this.lastReference}`;
    this.references.set(reference, object);
    this.referenceOf.set(object, reference);
    this.model.keep(object);
  }

  private release(reference: Json | undefined): void {
    const object = typeof reference === "string" ? this.references.get(reference) : undefined;
    if (!object || typeof reference !== "string") return;
    this.references.delete(reference);
    this.referenceOf.delete(object);
    this.model.release(object);
  }

  private set(object: HostObject, wire: string, value: Json | HostObject): void {
    const name = object.publicName(wire);
    this.requireApi(object.type, name);
    if (!object.write(name, value)) throw apiNotFound(`${object.type}.${name}`);
  }

  private identity(object: HostObject): JsonObject {
    const reference = this.referenceOf.get(object);
    const id = object.id();
    return {
      ...(reference === undefined ? {} : { _ReferenceId: reference }),
      ...(id === undefined ? {} : { [id[0]]: id[1] }),
    };
  }

  private oneArgument(info: ArgumentInfo, request: Request): Json | HostObject {
    const value = info.values[0] ?? null;
    const reference = info.references[0];
    return isPath(reference) ? this.required(reference, request) : this.withoutPaths(value, request);
  }

  /** Objects inside a JSON argument travel as `{_ObjectPathId}`; a range becomes its address. */
  private withoutPaths(value: Json, request: Request): Json {
    if (isList(value)) return value;
    if (typeof value !== "object" || value === null) return value;
    if (typeof value._ObjectPathId === "number") {
      return this.required(value._ObjectPathId, request).read("address")?.value ?? null;
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.withoutPaths(part, request)]));
  }

  private args(info: ArgumentInfo, request: Request): Args {
    return new Args(
      info.values.map((value, index): Arg => {
        const reference = info.references[index];
        if (isPath(reference)) return this.required(reference, request);
        if (isList(reference) && isList(value)) {
          return value.map((part, i) => {
            const id = reference[i];
            return isPath(id) ? this.required(id, request) : part;
          });
        }
        return this.withoutPaths(value, request);
      }),
    );
  }

  private required(path: number, request: Request): HostObject {
    const object = this.resolve(path, request);
    if (!object) throw invalidArgument();
    return object;
  }

  private query(object: HostObject, query: QueryInfo): JsonObject {
    const wanted = new Wanted();
    for (const path of query.select) want(wanted, path.split(/[/.]/));
    for (const path of query.expand) want(wanted, [...path.split(/[/.]/), ALL]);
    if (wanted.size === 0) wanted.set(ALL, new Wanted());
    return this.project(object, wanted, query);
  }

  private project(object: HostObject, wanted: Wanted, page?: Pick<QueryInfo, "top" | "skip">): JsonObject {
    const result: Record<string, Json> = { ...this.identity(object) };
    const items = object.items();
    if (items) {
      const forItems = new Wanted([...wanted].filter(([name]) => name !== "count"));
      if (wanted.has("count")) {
        this.requireApi(object.type, "count");
        result.Count = items.length;
      }
      if (forItems.size > 0 || wanted.size === 0) {
        const first = page?.skip ?? 0;
        const shown = items.slice(first, page?.top === undefined ? undefined : first + page.top);
        result._Items = shown.map((item) => this.project(item, forItems));
      }
      return result;
    }
    for (const [name, inner] of wanted) {
      if (name === ALL) this.readAll(object, result);
      else this.readOne(object, name, inner, result);
    }
    return result;
  }

  private readAll(object: HostObject, result: Record<string, Json>): void {
    for (const name of object.scalarNames()) {
      if (!this.model.supports(object.type, name)) continue;
      const scalar = object.read(name);
      if (scalar) result[scalar.wire] = scalar.value;
    }
  }

  private readOne(object: HostObject, name: string, inner: Wanted, result: Record<string, Json>): void {
    this.requireApi(object.type, name);
    const scalar = object.read(name);
    if (scalar) {
      result[scalar.wire] = scalar.value;
      return;
    }
    const child = object.child(name);
    if (child === undefined) throw apiNotFound(`${object.type}.${name}`);
    result[pascal(name)] = child && this.project(child, inner.size > 0 ? inner : new Wanted([[ALL, new Wanted()]]));
  }

  /** The client doesn't check API sets on every route; a host that doesn't would pass tests with calls a user's Excel lacks. */
  private requireApi(type: string, member: string): void {
    if (!this.model.supports(type, member)) throw apiNotFound(`${type}.${member}`);
  }
}

/** Among references, 0 or null stands for a plain value. */
function isPath(reference: Json | undefined): reference is number {
  return typeof reference === "number" && reference > 0;
}

const ALL = "*";
/** What a query asks for, by property: a tree. */
class Wanted extends Map<string, Wanted> {}

function want(tree: Wanted, path: readonly string[]): void {
  let node = tree;
  for (const name of path.filter((part) => part !== "items" && part !== "$all")) {
    let next = node.get(name);
    if (!next) {
      next = new Wanted();
      node.set(name, next);
    }
    node = next;
  }
}
