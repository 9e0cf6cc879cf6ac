import { internalError } from "./bridge.js";
import type { WorkbookHost } from "./host.js";
import { isList, isObject, parseJson, type Json, type JsonObject } from "./wire.js";

/**
 * The browser transport: the page around an add-in's frame speaks what Excel on the web speaks over postMessage, so the
 * add-in's own `office.js` starts as usual and reports host Excel on platform OfficeOnline. Undocumented as well.
 */
export interface HostFrameOptions {
  readonly host: WorkbookHost;
  /** Origin of this page; it must be https and the add-in's own host name. */
  readonly origin: string;
  /** Delivers a message to the add-in's window. */
  readonly post: (text: string) => void;
  /** Language of Excel's interface and of its data, e.g. `zh-CN`. */
  readonly language?: string;
}

export interface HostFrame {
  /** Takes a message that came from the add-in's window. */
  receive(text: string): void;
  /** Stops events. */
  close(): void;
}

const REQUEST = 0;
const RESPONSE = 1;
const Dispatch = { richApiRequest: 93, richApiEvent: 33, selectionEvent: 2 } as const;
const EventAction = { register: 1, unregister: 2 } as const;
const Answer = { result: 0, event: 1 } as const;

/** Office.js error numbers for refusals of a whole request. */
const REFUSALS: Readonly<Record<string, number>> = {
  InvalidOperationInCellEditMode: 5004,
  InvalidOrTimedOutSession: 5012,
  ActivityLimitReached: 5102,
  RequestPayloadSizeLimitExceeded: 5103,
  ResponsePayloadSizeLimitExceeded: 5104,
};
const INTERNAL_ERROR = 5001;

/** The name that the add-in's frame must carry, so that office.js knows where it runs. */
export function frameName(origin: string, language = "zh-CN"): string {
  return JSON.stringify({
    baseFrameName: "tiaoli",
    hostInfo: `Excel|Web|16.00|${language}|tiaoli||disableLogging|0`,
    xdmInfo: `conversation|addin|${origin}`,
    serializerVersion: "1",
    flights: "[]",
  });
}

/** Connects an add-in's window to a host. */
export function openHostFrame({ host, origin, post, language = "zh-CN" }: HostFrameOptions): HostFrame {
  const subscriptions = new Map<number, JsonObject>();
  const send = (to: JsonObject, data: Json, kind: number): void => {
    post(
      JSON.stringify({
        _messageType: RESPONSE,
        _actionName: to._actionName,
        _conversationId: to._conversationId,
        _correlationId: to._correlationId,
        _origin: origin,
        _data: data,
        _errorCode: 0,
        _responseType: kind,
        _serializerVersion: 1,
      }),
    );
  };
  const notify = (dispatch: number, data: Json): void => {
    const subscription = subscriptions.get(dispatch);
    if (subscription) send(subscription, data, Answer.event);
  };
  const close = host.book.events.deliverTo(
    (entries) => {
      const rows = entries.map((entry) => [
        entry.messageCategory,
        entry.messageType,
        entry.targetId,
        entry.message,
        "",
        false,
      ]);
      notify(Dispatch.richApiEvent, { ArrayData: rows });
    },
    () => {
      notify(Dispatch.selectionEvent, {});
    },
  );
  const execute = async (message: JsonObject, request: RichApiRequest): Promise<void> => {
    const reply = await host.answer(request.body, request.flags).catch(internalError);
    if (reply.ok) send(message, { Version: 1, Error: 0, Data: [200, [], reply.body] }, Answer.result);
    else send(message, { Version: 1, Error: REFUSALS[reply.code] ?? INTERNAL_ERROR }, Answer.result);
    host.book.events.flush();
  };
  return {
    close,
    receive: (text) => {
      const message = parseMessage(text);
      if (!message) return;
      const request = richApiRequest(message);
      if (message._actionName === "ContextActivationManager_getAppContextAsync") {
        send(message, appContext(host, language), Answer.result);
      } else if (message._actionType === EventAction.register || message._actionType === EventAction.unregister) {
        const dispatch = isObject(message._data) ? message._data.eventDispId : undefined;
        if (typeof dispatch === "number") {
          if (message._actionType === EventAction.register) subscriptions.set(dispatch, message);
          else subscriptions.delete(dispatch);
        }
        send(message, { Error: 0, Version: 1 }, Answer.result);
      } else if (request) void execute(message, request);
      else send(message, { Version: 1, Error: 0 }, Answer.result);
    },
  };
}

interface RichApiRequest {
  readonly body: string;
  readonly flags: number;
}

function parseMessage(text: string): JsonObject | undefined {
  try {
    const message = parseJson(text);
    return isObject(message) && message._messageType === REQUEST ? message : undefined;
  } catch {
    // Other scripts post messages of their own to this window.
    return undefined;
  }
}

/** The request inside an `executeMethod` message: a list of fields, the body fifth and the flags seventh. */
function richApiRequest(message: JsonObject): RichApiRequest | undefined {
  if (message._actionName !== "executeMethod" || !isObject(message._data)) return undefined;
  const { DdaMethod: method, ArrayData: fields } = message._data;
  if (!isObject(method) || method.DispatchId !== Dispatch.richApiRequest || !isList(fields)) return undefined;
  const body = fields[4];
  const flags = fields[6];
  return typeof body === "string" ? { body, flags: typeof flags === "number" ? flags : 0 } : undefined;
}

function appContext(host: WorkbookHost, language: string): JsonObject {
  const sets = Object.fromEntries(Object.entries(host.apiSets).map(([name, version]) => [name, version]));
  return {
    _id: "addin",
    _appName: 16,
    _appVersion: "16.0",
    _appUILocale: language,
    _dataLocale: language,
    _docUrl: `https://localhost/${host.model.name}`,
    _clientMode: 0,
    _settings: [],
    _reason: 1,
    _osfControlType: 1,
    _eToken: "",
    _correlationId: "tiaoli",
    _appInstanceId: "addin",
    _requirementMatrix: JSON.stringify(sets),
    _hostFullVersion: "16.0.18000.0",
    _addinName: "tiaoli",
    _appDomains: [],
  };
}
