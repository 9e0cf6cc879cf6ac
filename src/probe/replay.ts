import { addAll } from "../domain/grouping.js";
import { WorkbookHost, type HostOptions } from "../workbench/host/host.js";
import { isList, isObject, parseJson, type Json, type JsonObject } from "../workbench/host/wire.js";
import { fromSheets } from "../workbench/host/workbook-model.js";
import type { RecordedRequest, Trace } from "./trace.js";

/** Puts the requests of a trace to our own host, and names each thing that it answers otherwise than Excel did. */

export interface Difference {
  readonly scenario: string;
  /** Which of the scenario's requests, from 1. */
  readonly request: number;
  /** What was asked, as far as the request says: `Table.getRange → rowCount`. */
  readonly asked: string;
  readonly excel: string;
  readonly host: string;
}

/** Names that Excel gives and we give otherwise: sheets, tables, kept ranges. */
const NAMED = new Set(["_ReferenceId", "Id", "_Id", "WorksheetId", "TableId"]);
/** What differs from run to run, or only in words. */
const IGNORED = new Set(["Message", "HttpStatusCode", "Location", "TraceIds", "InnerError", "ActionIndex"]);

export async function replay({ sheets, findings }: Trace, options: HostOptions = {}): Promise<Difference[]> {
  const blank = sheets.map((name) => ({ name }));
  const host = new WorkbookHost(fromSheets(blank, workbookName(findings)), options);
  const names = new Map<string, string>();
  const differences: Difference[] = [];
  for (const { id, requests } of findings) {
    for (const [index, recorded] of requests.entries()) {
      const body = renamed(parseJson(recorded.body), names);
      const reply = await host.answer(JSON.stringify(body), recorded.flags);
      const answer = reply.ok ? parseJson(reply.body) : undefined;
      const at = { scenario: id, request: index + 1 };
      addAll(
        differences,
        compared(body, recorded, answer, names).map((one) => ({ ...at, ...one })),
      );
    }
  }
  return differences;
}

/** What Excel called the workbook, by the first answer that says so: every reading of a ledger asks for it. */
function workbookName(findings: Trace["findings"]): string | undefined {
  for (const { answer } of findings.flatMap(({ requests }) => requests)) {
    for (const value of answer === undefined ? [] : resultsOf(parseJson(answer)).values())
      if (isObject(value) && typeof value.Name === "string" && typeof value.ReadOnly === "boolean") return value.Name;
  }
  return undefined;
}

type Unplaced = Pick<Difference, "asked" | "excel" | "host">;

function compared(
  body: Json,
  recorded: RecordedRequest,
  ours: Json | undefined,
  names: Map<string, string>,
): Unplaced[] {
  if (recorded.answer === undefined || ours === undefined) {
    const excel = recorded.answer === undefined ? `refused: ${recorded.refused ?? ""}` : "answered";
    const host = ours === undefined ? "refused" : "answered";
    return (recorded.answer === undefined) === (ours === undefined) ? [] : [{ asked: "the request", excel, host }];
  }
  const theirs = parseJson(recorded.answer);
  const [excelError, hostError] = [errorCode(theirs), errorCode(ours)];
  const differences: Unplaced[] =
    excelError === hostError ? [] : [{ asked: "how it ends", excel: excelError, host: hostError }];
  const hostResults = resultsOf(ours);
  for (const [id, value] of resultsOf(theirs)) {
    const answer = hostResults.get(id);
    for (const [path, excel, host] of differing(value, answer ?? null, names)) {
      differences.push({ asked: [askedBy(body, id), path].filter(Boolean).join(" "), excel, host });
    }
  }
  return differences;
}

function errorCode(answer: Json): string {
  const error = isObject(answer) ? answer.Error : undefined;
  if (!isObject(error)) return "goes through";
  return typeof error.Code === "string" ? error.Code : "fails";
}

function resultsOf(answer: Json): Map<number, Json> {
  const results = isObject(answer) && isList(answer.Results) ? answer.Results : [];
  return new Map(results.filter(isObject).map((one) => [Number(one.ActionId), one.Value ?? null]));
}

/** Where two answers differ, and what stands there. Learns what our host calls things on the way. */
function differing(excel: Json, host: Json, names: Map<string, string>, path = ""): [string, string, string][] {
  if (isObject(excel) && isObject(host)) {
    return Object.keys(excel).flatMap((key): [string, string, string][] => {
      const [theirs, ours] = [excel[key] ?? null, host[key] ?? null];
      if (IGNORED.has(key)) return [];
      if (NAMED.has(key)) {
        if (typeof theirs === "string" && typeof ours === "string") names.set(theirs, ours);
        return [];
      }
      return differing(theirs, ours, names, path === "" ? key : `${path}.${key}`);
    });
  }
  if (isList(excel) && isList(host) && excel.length === host.length) {
    return excel.flatMap((one, i) => differing(one, host[i] ?? null, names, `${path}[${i}]`));
  }
  return excel === host || JSON.stringify(excel) === JSON.stringify(host) ? [] : [[path, short(excel), short(host)]];
}

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A request with the names that our host gave to what Excel named otherwise. */
function renamed(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return names.get(value) ?? value;
  if (isList(value)) return value.map((one) => renamed(one, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, names)]));
}

/** What an action asks, by the names on its path. */
function askedBy(body: Json, actionId: number): string {
  if (!isObject(body) || !isList(body.Actions) || !isObject(body.ObjectPaths)) return "";
  const action = body.Actions.filter(isObject).find(({ Id }) => Id === actionId);
  if (!action) return "";
  const steps = pathNames(body.ObjectPaths, action.ObjectPathId);
  const query =
    isObject(action.QueryInfo) && isList(action.QueryInfo.Select)
      ? action.QueryInfo.Select.filter((one) => typeof one === "string").join(",")
      : "";
  const what = typeof action.Name === "string" && action.Name !== "" ? action.Name : query;
  return `${steps.join(".")}${what === "" ? "" : ` → ${what}`}`;
}

function pathNames(paths: JsonObject, id: Json | undefined): string[] {
  const path = typeof id === "number" ? paths[`${id}`] : undefined;
  if (!isObject(path)) return [];
  const own = typeof path.Name === "string" && path.Name !== "" ? [path.Name] : [];
  return [...pathNames(paths, path.ParentObjectPathId), ...own];
}
