import { HostError } from "./host-error.js";

/**
 * The messages of Office.js as they were observed between the unmodified client (1.1.110) and a host. The protocol is
 * not documented: everything here is read from the client's own code, and parsed, never cast.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const PathType = {
  root: 1,
  newObject: 2,
  method: 3,
  property: 4,
  indexer: 5,
  reference: 6,
  nullObject: 7,
} as const;

export const ActionType = {
  instantiate: 1,
  query: 2,
  method: 3,
  setProperty: 4,
  trace: 5,
  recursiveQuery: 6,
  queryAsJson: 7,
  ensureUnchanged: 8,
  update: 9,
} as const;

/** Request flags the host looks at. */
export const RequestFlag = { write: 1, delayForCellEdit: 64 } as const;

export interface ArgumentInfo {
  readonly values: readonly Json[];
  /** Object path ids standing in for values, aligned with them: a number, a list of numbers and nulls, or null. */
  readonly references: readonly Json[];
}

export interface QueryInfo {
  readonly select: readonly string[];
  readonly expand: readonly string[];
  readonly top: number | undefined;
  readonly skip: number | undefined;
}

export interface Action {
  readonly id: number;
  readonly type: number;
  readonly name: string;
  readonly path: number;
  readonly args: ArgumentInfo;
  readonly query: QueryInfo;
  /** New property values of an `update`. */
  readonly state: JsonObject;
}

export interface ObjectPath {
  readonly id: number;
  readonly type: number;
  readonly name: string;
  readonly parent: number | undefined;
  readonly args: ArgumentInfo;
}

export interface RequestBody {
  readonly actions: readonly Action[];
  readonly paths: ReadonlyMap<number, ObjectPath>;
}

export interface ActionResult {
  readonly ActionId: number;
  readonly Value: Json;
}

export interface ResponseError {
  readonly Code: string;
  readonly Message: string;
  readonly HttpStatusCode: number;
  readonly ActionIndex: number;
  readonly Location: string;
}

export interface ResponseBody {
  readonly Results: readonly ActionResult[];
  readonly TraceIds: readonly number[];
  readonly Error?: ResponseError;
}

/** JSON.parse with an honest type. Throws SyntaxError. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Reads the body of a ProcessQuery request. Throws HostError `InvalidRequest` if it is none. */
export function parseRequest(body: Json): RequestBody {
  if (!isObject(body) || !isList(body.Actions) || !isObject(body.ObjectPaths)) throw malformed("body");
  const paths = new Map<number, ObjectPath>();
  for (const value of Object.values(body.ObjectPaths)) {
    const path = parsePath(value);
    paths.set(path.id, path);
  }
  return { actions: body.Actions.map(parseAction), paths };
}

function parsePath(value: Json): ObjectPath {
  if (!isObject(value)) throw malformed("object path");
  return {
    id: whole(value.Id, "Id"),
    type: whole(value.ObjectPathType, "ObjectPathType"),
    name: typeof value.Name === "string" ? value.Name : "",
    parent: typeof value.ParentObjectPathId === "number" ? value.ParentObjectPathId : undefined,
    args: parseArguments(value.ArgumentInfo),
  };
}

function parseAction(value: Json): Action {
  if (!isObject(value)) throw malformed("action");
  return {
    id: whole(value.Id, "Id"),
    type: whole(value.ActionType, "ActionType"),
    name: typeof value.Name === "string" ? value.Name : "",
    path: typeof value.ObjectPathId === "number" ? value.ObjectPathId : 0,
    args: parseArguments(value.ArgumentInfo),
    query: parseQuery(value.QueryInfo),
    state: isObject(value.ObjectState) ? value.ObjectState : {},
  };
}

function parseArguments(value: Json | undefined): ArgumentInfo {
  if (!isObject(value)) return { values: [], references: [] };
  return {
    values: isList(value.Arguments) ? value.Arguments : [],
    references: isList(value.ReferencedObjectPathIds) ? value.ReferencedObjectPathIds : [],
  };
}

function parseQuery(value: Json | undefined): QueryInfo {
  const query = isObject(value) ? value : {};
  return {
    select: names(query.Select),
    expand: names(query.Expand),
    top: typeof query.Top === "number" ? query.Top : undefined,
    skip: typeof query.Skip === "number" ? query.Skip : undefined,
  };
}

function names(value: Json | undefined): string[] {
  return isList(value) ? value.filter((name): name is string => typeof name === "string" && name !== "") : [];
}

function whole(value: Json | undefined, field: string): number {
  if (typeof value !== "number" || !Number.isInteger(value)) throw malformed(field);
  return value;
}

function malformed(what: string): HostError {
  return new HostError("InvalidRequest", `The request can't be read: ${what}.`);
}
