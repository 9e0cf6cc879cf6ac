import { CURRENT_API_SETS, hasMember, isSetSupported, type ApiSets } from "./api-level.js";
import { Book, type BookOptions } from "./book.js";
import { Engine } from "./engine.js";
import { workbook } from "./handlers/workbook.js";
import { RangeTarget } from "./handlers/range-target.js";
import { HostError } from "./host-error.js";
import { HostObject } from "./host-object.js";
import { parseJson, parseRequest, RequestFlag, type ResponseBody } from "./wire.js";
import type { WorkbookModel } from "./workbook-model.js";

export interface HostOptions extends BookOptions {
  /** API sets the host declares; calls beyond them fail as in an older Excel. Default: those of a current Excel. */
  readonly apiSets?: ApiSets;
  /** Most bytes a request and a response may have; Excel on the web has 5 MB, the default. */
  readonly payloadLimit?: number;
}

/** What a host saw of one request. */
export interface RequestRecord {
  /** From 1. */
  readonly number: number;
  readonly bytes: number;
  readonly responseBytes: number;
  readonly actions: number;
  /** Cells written by it: each request that writes is one step for the user to undo, unless the client merges them. */
  readonly cellsWritten: number;
  /** Excel's error code, if it failed. */
  readonly error: string | undefined;
}

/** The host's answer: a response body, or a refusal of the whole request. */
export type Reply =
  | { readonly ok: true; readonly body: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

interface Failure {
  readonly code: string;
  readonly message: string;
}

const MEGABYTE = 1024 * 1024;
export const EXCEL_ON_THE_WEB_LIMIT = 5 * MEGABYTE;

const encoder = new TextEncoder();

/**
 * A workbook host that the unmodified Office.js client can talk to: it answers requests, counts them, and can be made to
 * behave like a workbook in bad weather (other authors, protection, cell editing, older versions, failures).
 */
export class WorkbookHost {
  readonly book: Book;
  readonly requests: RequestRecord[] = [];
  readonly apiSets: ApiSets;
  private readonly engine: Engine;
  private readonly payloadLimit: number;
  private readonly hooks = new Map<number, (() => void)[]>();
  private readonly failures: Failure[] = [];
  private readonly stumbles: Failure[] = [];
  private readonly losses: Failure[] = [];
  private undoGroups = 0;
  private editing: { readonly ended: Promise<void>; readonly end: () => void } | undefined;

  constructor(model: WorkbookModel, options: HostOptions = {}) {
    this.apiSets = options.apiSets ?? CURRENT_API_SETS;
    const tellsTrigger = isSetSupported(this.apiSets, "ExcelApi", "1.14");
    this.book = new Book(model, { ...options, tellsTrigger });
    this.payloadLimit = options.payloadLimit ?? EXCEL_ON_THE_WEB_LIMIT;
    const root = workbook(this.book);
    this.engine = new Engine({
      root,
      failuresGiveNothing: this.book.hardness.failedBatchesGiveNothing,
      create: (name) => CREATED[name]?.(),
      supports: (type, member) => hasMember(this.apiSets, type, member),
      keep: ({ target }) => {
        if (target instanceof RangeTarget) this.book.keptRanges.add(target);
      },
      release: ({ target }) => {
        if (target instanceof RangeTarget) this.book.keptRanges.delete(target);
      },
    });
  }

  get model(): WorkbookModel {
    return this.book.model;
  }

  /** Objects that clients keep at the moment; a client that tidies up leaves none. */
  get liveReferences(): number {
    return this.engine.liveReferences;
  }

  isSetSupported(name: string, version?: string): boolean {
    return isSetSupported(this.apiSets, name, version);
  }

  /** Does something as another author, right before the n-th request from now on (1 = the next one). */
  beforeRequest(n: number, act: () => void): void {
    const number = this.requests.length + n;
    this.hooks.set(number, [...(this.hooks.get(number) ?? []), act]);
  }

  /** Lets the next request fail before it is looked at, as when the server is busy or the line is down. */
  failNextRequest(code: string, message = code): void {
    this.failures.push({ code, message });
  }

  /** Carries the next request out, but lets its answer get lost on the way, as when the line breaks. */
  loseNextAnswer(code = "ConnectionFailure"): void {
    this.losses.push({ code, message: "The connection broke off." });
  }

  /** Lets the next request fail at its first action, as Excel does with what it looked at and can't do. */
  failNextAction(code: string, message = code): void {
    this.stumbles.push({ code, message });
  }

  /** Does something whose requests the client asks to have undone as one step (`RunOptions.mergeUndoGroup`). */
  async inUndoGroup<Result>(act: () => Promise<Result>): Promise<Result> {
    this.undoGroups += 1;
    try {
      return await act();
    } finally {
      this.undoGroups -= 1;
    }
  }

  /** The user starts typing into a cell: requests wait or fail until `endCellEdit`. */
  beginCellEdit(): void {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.editing ??= { ended, end };
  }

  endCellEdit(): void {
    this.editing?.end();
    this.editing = undefined;
  }

  /** Answers a request. `body` is the request's JSON text, `flags` what the client sends beside it. */
  async answer(body: string, flags: number): Promise<Reply> {
    const number = this.requests.length + 1;
    const place = this.requests.push(EMPTY_RECORD) - 1;
    this.actAsOthers(number);
    if (this.editing && (flags & RequestFlag.delayForCellEdit) !== 0) await this.editing.ended;
    const bytes = encoder.encode(body).length;
    const before = this.book.cellsWritten;
    const reply = this.reply(body, bytes, flags);
    const responseBytes = reply.ok ? encoder.encode(reply.body).length : 0;
    const final: Reply =
      responseBytes > this.payloadLimit
        ? refusal("ResponsePayloadSizeLimitExceeded", "The response payload size has exceeded the limit.")
        : reply;
    this.requests[place] = {
      number,
      bytes,
      responseBytes,
      actions: countActions(body),
      cellsWritten: this.book.cellsWritten - before,
      error: errorOf(final),
    };
    if (this.book.hardness.answersComeLate) await nextTask();
    return final;
  }

  private actAsOthers(number: number): void {
    const acts = this.hooks.get(number) ?? [];
    this.hooks.delete(number);
    this.book.source = "Remote";
    for (const act of acts) act();
    this.book.source = "Local";
    if (acts.length > 0) this.book.events.flush();
  }

  private reply(body: string, bytes: number, flags: number): Reply {
    const failure = this.failures.shift();
    if (failure) return refusal(failure.code, failure.message);
    if (this.editing) {
      return refusal(
        "InvalidOperationInCellEditMode",
        "Excel is in cell-editing mode. Please exit the edit mode by pressing ENTER or TAB or selecting another cell, and then try again.",
      );
    }
    if (bytes > this.payloadLimit) {
      return refusal("RequestPayloadSizeLimitExceeded", "The request payload size has exceeded the limit.");
    }
    const isGrouped = this.undoGroups > 0 && (flags & RequestFlag.write) !== 0;
    if (isGrouped && this.book.hardness.undoGroupsRefused) return { ok: true, body: JSON.stringify(failedAt(NO_UNDO)) };
    const stumble = this.stumbles.shift();
    if (stumble) return { ok: true, body: JSON.stringify(failedAt(stumble)) };
    const loss = this.losses.shift();
    try {
      const answer = JSON.stringify(this.engine.run(parseRequest(parseJson(body))));
      return loss ? refusal(loss.code, loss.message) : { ok: true, body: answer };
    } catch (error) {
      if (error instanceof HostError) return refusal(error.code, error.message);
      throw error;
    }
  }
}

const EMPTY_RECORD: RequestRecord = {
  number: 0,
  bytes: 0,
  responseBytes: 0,
  actions: 0,
  cellsWritten: 0,
  error: undefined,
};

const NO_UNDO: Failure = { code: "UndoNotSupported", message: "The operation can't be undone." };

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Objects the client makes by name: it tells the host that its event handlers are ready. */
const CREATED: Readonly<Record<string, (() => HostObject) | undefined>> = {
  "Microsoft.InternalService.AddinInternalService": () =>
    HostObject.of({ name: "AddinInternalService", methods: { notifyActionHandlerReady: () => undefined } }, {}),
};

function failedAt({ code, message }: Failure): ResponseBody {
  const error = { Code: code, Message: message, HttpStatusCode: 400, ActionIndex: 0, Location: "Workbook" };
  return { Results: [], TraceIds: [], Error: error };
}

function refusal(code: string, message: string): Reply {
  return { ok: false, code, message };
}

function countActions(body: string): number {
  return body.match(/"ActionType":/g)?.length ?? 0;
}

function errorOf(reply: Reply): string | undefined {
  if (!reply.ok) return reply.code;
  const error = /"Error":\{"Code":"(\w+)"/.exec(reply.body.slice(-2000));
  return error?.[1];
}
