import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noticeTemplate } from "./templates/notice.js";

/**
 * Writes the first version of the templates. Users change them in Word and Excel afterwards; running this again gives the
 * program's own ones back.
 */
const TEMPLATES = join(import.meta.dirname, "..", "templates");

function write(path: string, bytes: Uint8Array | string): void {
  const target = join(TEMPLATES, path);
  mkdirSync(join(target, ".."), { recursive: true });
  writeFileSync(target, bytes);
}

write("notices/扣款通知单.docx", noticeTemplate("zh"));
write("notices/notice-of-deduction.docx", noticeTemplate("en"));
