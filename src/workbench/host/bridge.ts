import { isObject, parseJson, type Json } from "./wire.js";
import type { WorkbookHost } from "./host.js";

/**
 * The same-realm transport: the client's own `HostBridge` takes an object that sends and receives texts. It is an
 * undocumented door of `@microsoft/office-js`, so the version is pinned; `Office.onReady` doesn't exist behind it.
 */
export interface HostBridge {
  /** Set by the client. */
  onMessageFromHost: ((text: string) => void) | null;
  /** Called by the client. */
  sendMessageToHost(text: string): void;
}

/** The part of the client that the bridge is given to. */
export interface BridgeClient {
  readonly HostBridge: { init(bridge: HostBridge): void };
}

const REQUEST = 1;
const EVENT = 3;

/** Connects a client in the same realm to a host; returns the way to stop events. A new call replaces the host. */
export function connectBridge(client: BridgeClient, host: WorkbookHost): () => void {
  const bridge: HostBridge = {
    onMessageFromHost: null,
    sendMessageToHost: (text) => {
      void respond(bridge, host, parseJson(text));
    },
  };
  client.HostBridge.init(bridge);
  return host.book.events.deliverTo((entries) => {
    bridge.onMessageFromHost?.(JSON.stringify({ type: EVENT, controlId: "", message: { entries } }));
  });
}

async function respond(bridge: HostBridge, host: WorkbookHost, message: Json): Promise<void> {
  if (!isObject(message) || message.type !== REQUEST || !isObject(message.message)) return;
  const { body } = message.message;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const flags = typeof message.flags === "number" ? message.flags : 0;
  const reply = await host.answer(text, flags).catch(internalError);
  const answer = reply.ok
    ? { statusCode: 200, headers: {}, body: reply.body }
    : { statusCode: 400, headers: {}, body: JSON.stringify({ error: { code: reply.code, message: reply.message } }) };
  bridge.onMessageFromHost?.(JSON.stringify({ id: message.id, type: REQUEST, flags: 0, message: answer }));
  host.book.events.flush();
}

/** A fault of the host itself, told as Excel tells its own. */
export function internalError(error: unknown): { readonly ok: false; readonly code: string; readonly message: string } {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { ok: false, code: "GeneralException", message: `There was an internal error in the host: ${detail}` };
}
