import type { Book } from "../books/entry.js";
import type { NoticeRecord } from "../books/notice-life.js";

/** What the workbook keeps of the books. */
export interface BooksInput {
  readonly book: Book;
  /** By 通知编号, with the states that count. */
  readonly notices: ReadonlyMap<string, NoticeRecord>;
  /** Complaints that somebody put away. */
  readonly archive: readonly { readonly packId: string; readonly complaintId: string }[];
}
