import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mailDraft } from "../../../src/documents/reminders/mail-draft.js";
import { wallTime } from "../../../src/domain/wall-time.js";

const NOW = wallTime(2026, 3, 31, 18);

/** Header fields and body, as a mail program reads them. */
function read(mail: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const [head = "", body = ""] = mail.split("\r\n\r\n");
  const fields = head.replace(/\r\n[ \t]/g, " ").split("\r\n");
  const headers = new Map(
    fields.map((field) => [field.slice(0, field.indexOf(":")), decoded(field.slice(field.indexOf(":") + 2))] as const),
  );
  return { headers, body: Buffer.from(body, "base64").toString("utf8") };
}

/** White space between two encoded words says nothing (RFC 2047, 6.2). */
function decoded(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_, base64: string) => Buffer.from(base64, "base64").toString("utf8"));
}

describe("a draft of a mail", () => {
  test("is marked as one, and says when in the time of Shanghai", () => {
    const mail = mailDraft({
      to: [{ name: "张三", address: "zs@example.com" }],
      subject: "催办",
      text: "请办结",
      now: NOW,
    });
    const { headers, body } = read(mail);
    expect(headers.get("X-Unsent")).toBe("1");
    expect(headers.get("Date")).toBe("Tue, 31 Mar 2026 18:00:00 +0800");
    expect(headers.get("To")).toBe("张三 <zs@example.com>");
    expect(body).toBe("请办结");
  });

  test("reads as it was written, whatever was written, in lines that every mail server takes", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.string({ unit: "grapheme", maxLength: 300 }),
        (subject, text) => {
          const mail = mailDraft({ to: [], subject, text: text.replaceAll("\r", ""), now: NOW });
          for (const line of mail.split("\r\n")) expect(line).toMatch(/^[\t\x20-\x7e]{0,78}$/);
          for (const word of mail.match(/=\?[^ ]*\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
          const { headers, body } = read(mail);
          expect(headers.get("Subject")).toBe(subject.replace(/[\r\n]+/g, " "));
          expect(body).toBe(text.replaceAll("\r", "").replace(/\n/g, "\r\n"));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("no text makes a header of its own", () => {
    const mail = mailDraft({
      to: [{ name: "a\r\nBcc: x@y", address: "a@b\r\nBcc:x@y" }],
      subject: "x\r\nBcc: x@y",
      text: "",
      now: NOW,
    });
    expect([...read(mail).headers.keys()]).not.toContain("Bcc");
  });
});
