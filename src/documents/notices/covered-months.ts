import { personKey } from "../../books/entry.js";
import { addToList } from "../../domain/grouping.js";
import { fen } from "../../domain/money.js";
import type { IssuedNotice } from "../../ledger/notice-tables.js";
import type { Deduction } from "../../process/outcome.js";
import type { Run } from "../../process/process.js";

/**
 * What is taken of a person by a notice: that of its month, and that of earlier months which it posts with it. A sum settled
 * in February and noticed in March alone is taken under February.
 */
export type DeductionOf = (
  notice: Pick<IssuedNotice, "subjectType" | "subject" | "employeeNo"> & { readonly number?: string },
) => Deduction | undefined;

export function deductionsCovered({ outcome, books }: Pick<Run, "outcome" | "books">, month: string): DeductionOf {
  const byPerson = new Map<string, Deduction[]>();
  for (const d of outcome.deductions)
    if (d.month <= month) addToList(byPerson, personKey({ employeeNo: d.employeeNo, name: d.person }), d);
  const drafted = new Set(books.draft.ready.map(({ person, month: own }) => `${own}${person}`));
  const posted = new Set(books.book.entries.flatMap(({ notice, month: own }) => (notice === "" ? [] : [own + notice])));
  return ({ subjectType, subject, employeeNo, number }) => {
    if (subjectType !== "个人") return undefined;
    const person = personKey({ employeeNo, name: subject });
    const covered = (byPerson.get(person) ?? []).filter(
      (d) =>
        d.month === month || (number === undefined ? drafted.has(`${d.month}${person}`) : posted.has(d.month + number)),
    );
    return covered.length < 2 ? covered[0] : covered.sort(byMonth).map(labelled).reduce(together);
  };
}

function byMonth(a: Deduction, b: Deduction): number {
  return a.month < b.month ? -1 : 1;
}

/** A month among others says which one its ceiling is of. */
function labelled(one: Deduction): Deduction {
  const { month, ceilingBasis } = one;
  return ceilingBasis === undefined ? one : { ...one, ceilingBasis: `${month}：${ceilingBasis}` };
}

/** One month after the other as one. */
function together(before: Deduction, after: Deduction): Deduction {
  const bases = [before, after].flatMap(({ ceilingBasis }) => ceilingBasis ?? []);
  const bounded = before.ceiling !== undefined && after.ceiling !== undefined;
  return {
    ...after,
    carriedIn: before.carriedIn,
    added: fen(before.added + after.added),
    ceiling: bounded ? fen(before.ceiling + after.ceiling) : undefined,
    ceilingBasis: bases.length === 0 ? undefined : bases.join("；"),
    deducted: fen(before.deducted + after.deducted),
    messages: [...new Set([...before.messages, ...after.messages])],
  };
}
