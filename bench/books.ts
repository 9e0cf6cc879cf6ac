import { lastCheck } from "../src/books/chain.js";
import { draftBook } from "../src/books/draft.js";
import type { Book } from "../src/books/entry.js";
import type { JudgedComplaint, Terms } from "../src/books/judged.js";
import { firstDay, lastDay, nextMonth } from "../src/books/months.js";
import { postLock } from "../src/books/post.js";
import { verifyBook } from "../src/books/verify.js";
import { monthViews } from "../src/books/views.js";
import { fen } from "../src/domain/money.js";
import { startOfDay } from "../src/domain/wall-time.js";

/** `npx tsx bench/books.ts [ENTRIES]`: processor time of what a run does with its book: proof, draft, views. */

const wanted = Number(process.argv[2] ?? 100_000);
const PERSONS = 500;
const terms: Terms = {
  caps: () => [{ clause: "第二十一条", covers: ["绩效核减"], percentOfBonus: 50 }],
  law: () => ({ minimumWage: fen(249_000) }),
  person: () => ({ wage: fen(600_000), bonus: fen(300_000) }),
  employeeNoOf: () => undefined,
};

function month(name: string, first: number): JudgedComplaint[] {
  return Array.from({ length: PERSONS }, (_, i): JudgedComplaint => {
    const complaintId = `C${first + i}`;
    const claim = {
      ...{ packId: "franchise-retail", complaintId, type: "绩效核减" as const, reason: "客诉损失" },
      person: { employeeNo: String(1000 + i), name: `员工${i}` },
      ...{
        amount: fen(10_000 + i),
        settledOn: firstDay(name),
        department: "营运部",
        formula: "100",
        clause: "第二十一条",
      },
      ...{ rule: "loss", packHash: "0123456789abcdef", ownMonthOnly: false, remarks: [] },
    };
    return {
      packId: "franchise-retail",
      complaintId,
      origin: complaintId,
      state: { kind: "settled", claims: [claim] },
    };
  });
}

let book: Book = { id: "ZT-00000000", entries: [] };
const judged: JudgedComplaint[] = [];
let name = "2000-01";
for (; book.entries.length < wanted; name = nextMonth(name)) {
  judged.push(...month(name, judged.length));
  const today = lastDay(name);
  const draft = draftBook({ book, judged, terms, today, notices: new Map(), archive: [] });
  const act = { cause: "锁定" as const, at: startOfDay(today), by: "", expected: lastCheck(book) };
  const posting = postLock(book, draft, name, { ...act, logCheck: "", seed: name, key: undefined });
  if (posting.kind !== "posted") throw new Error(posting.kind);
  book = posting.book;
}

function timed(what: string, work: () => unknown): void {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  console.log(`${what}: ${((user + system) / 1e6).toFixed(2)} s`);
}

console.log(`${book.entries.length} entries of ${PERSONS} persons`);
const fresh: Book = { ...book, entries: [...book.entries] };
const today = lastDay(name);
timed("proof", () => verifyBook({ book: fresh, key: undefined, anchors: [], notices: undefined }));
timed("draft and views", () =>
  monthViews(fresh, draftBook({ book: fresh, judged, terms, today, notices: new Map(), archive: [] })),
);
