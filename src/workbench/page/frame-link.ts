import type { ActionId } from "../../taskpane/action-ids.js";
import { frameName, openHostFrame } from "../host/host-frame.js";
import type { WorkbookHost } from "../host/host.js";

/**
 * Connects the pane's frame to a host with the messages of Excel on the web, on http://localhost too.
 *
 * office.js trusts a host only at an https address with the add-in's own name. The workbench runs without a certificate,
 * so the two sides name that https address in their messages, and hand the messages over by function call instead of
 * through the browser's `postMessage`, which would compare it with the real one. That is possible because the pane is a
 * page of the same origin: no other page can be reached, or reach in, this way.
 */
export interface FrameLink {
  /** Runs a ribbon command in the pane; nothing if the pane isn't ready yet. */
  run(action: ActionId): void;
  close(): void;
}

interface PaneWindow extends Window {
  readonly MessageEvent: typeof MessageEvent;
  readonly tiaoliCommands?: Readonly<Record<ActionId, () => Promise<void>>>;
}

export interface FrameLinkOptions {
  readonly host: WorkbookHost;
  /** Where the pane's frame goes. */
  readonly place: HTMLElement;
  readonly src: string;
  readonly title: string;
  /** Language of Excel's interface, e.g. `zh-CN`. */
  readonly language: string;
  /** Called after the host has answered a request. */
  readonly answered: () => void;
}

/** Makes the frame and starts the pane in it. */
export function openPane({ host, place, src, title, language, answered }: FrameLinkOptions): FrameLink {
  const origin = `https://${location.host}`;
  const frame = document.createElement("iframe");
  frame.title = title;
  // office.js looks at the name when it starts, so it must be there before the page is.
  frame.name = frameName(origin, language);
  const hostFrame = openHostFrame({
    host,
    origin,
    language,
    post: (text) => {
      const pane = frame.contentWindow as PaneWindow | null;
      pane?.dispatchEvent(new pane.MessageEvent("message", { data: text, origin, source: window }));
      answered();
    },
  });
  const native = window.postMessage.bind(window) as (...args: unknown[]) => void;
  const intercept = (message: unknown, ...rest: unknown[]): void => {
    if (typeof message === "string" && rest[0] === origin) {
      setTimeout(() => {
        hostFrame.receive(message);
      });
    } else native(message, ...rest);
  };
  window.postMessage = intercept as typeof window.postMessage;
  frame.src = src;
  place.replaceChildren(frame);
  return {
    run: (action) => {
      void (frame.contentWindow as PaneWindow | null)?.tiaoliCommands?.[action]();
    },
    close: () => {
      hostFrame.close();
      window.postMessage = native as typeof window.postMessage;
      frame.remove();
    },
  };
}
