import { WorkbookHost, type HostOptions } from "../../../src/workbench/host/host.js";
import { Author } from "../../../src/workbench/host/author.js";
import { frameName, openHostFrame } from "../../../src/workbench/host/host-frame.js";
import type { WorkbookModel } from "../../../src/workbench/host/workbook-model.js";

/** The page around the pane in browser tests: a host in the role of Excel on the web. Bundled by the tests. */

export interface StartOptions {
  readonly model: WorkbookModel;
  readonly language: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly host?: HostOptions;
}

export interface HostWindow {
  startHost(options: StartOptions): void;
  host: WorkbookHost;
  author: Author;
}

const target = window as unknown as HostWindow;

target.startHost = ({ model, language, url, width, height, host: options }) => {
  const host = new WorkbookHost(model, options);
  target.host = host;
  target.author = new Author(host.book);
  const frame = document.createElement("iframe");
  frame.name = frameName(location.origin, language);
  frame.title = "pane";
  frame.style.cssText = `width:${width}px;height:${height}px;border:0`;
  const connection = openHostFrame({
    host,
    origin: location.origin,
    language,
    post: (text) => frame.contentWindow?.postMessage(text, location.origin),
  });
  addEventListener("message", ({ source, data }) => {
    if (source === frame.contentWindow && typeof data === "string") connection.receive(data);
  });
  frame.src = url;
  document.body.replaceChildren(frame);
};
