import { parentPort } from "node:worker_threads";
import { readMember, writeMember, type MemberFile, type MemberWriting } from "./member-file.js";

/** A thread that reads workbooks of a group and makes them anew; what it makes goes to the disk by the one door. */

export type Task =
  { readonly kind: "read"; readonly file: MemberFile } | { readonly kind: "write"; readonly file: MemberWriting };

if (parentPort) {
  const port = parentPort;
  port.on("message", (task: Task) => {
    if (task.kind === "read") {
      port.postMessage(readMember(task.file));
      return;
    }
    const written = writeMember(task.file);
    port.postMessage(written, written.kind === "made" ? [written.bytes.buffer] : []);
  });
}
