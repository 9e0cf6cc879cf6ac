import { Author } from "../../../src/workbench/host/author.js";
import { WorkbookHost } from "../../../src/workbench/host/host.js";
import { frameName, openHostFrame } from "../../../src/workbench/host/host-frame.js";
import { fromSheets } from "../../../src/workbench/host/workbook-model.js";

/** The page around the add-in, in the role of Excel on the web. Bundled by the test. */

export interface OuterWindow {
  readonly host: WorkbookHost;
  readonly author: Author;
}

const host = new WorkbookHost(
  fromSheets([
    {
      name: "投诉台账",
      values: [
        ["投诉编号", "受理时间", "投诉内容"],
        ["C1", 46_000, "门板开裂"],
        ["C2", 46_001, "缺少螺丝"],
      ],
      tables: [{ name: "Complaints" }],
    },
  ]),
);
const frame = document.createElement("iframe");
frame.name = frameName(location.origin);
const connection = openHostFrame({
  host,
  origin: location.origin,
  post: (text) => frame.contentWindow?.postMessage(text, location.origin),
});
addEventListener("message", ({ source, data }) => {
  if (source === frame.contentWindow && typeof data === "string") connection.receive(data);
});
Object.assign(window, { host, author: new Author(host.book) });
frame.src = "/addin.html";
document.body.append(frame);
