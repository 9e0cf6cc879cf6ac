import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReportSource } from "../../../src/documents/reports/figures.js";
import type { ReportCase } from "../../../src/documents/reports/report-case.js";
import { splitSource } from "../../../src/documents/reports/split.js";
import type { Deduction, Penalty } from "../../../src/process/outcome.js";

const label = fc.constantFrom("甲部", "乙部", undefined);

test("the parts of a report hold every case, penalty and deduction once", () => {
  fc.assert(
    fc.property(
      fc.array(label, { maxLength: 20 }),
      fc.array(fc.nat(19), { maxLength: 20 }),
      fc.array(label, { maxLength: 10 }),
      (labels, charged, departments) => {
        const cases = labels.map((department, row) => ({ row, outputs: { department } }) as ReportCase);
        const penalties = charged.filter((row) => row < labels.length).map((row) => ({ row }) as Penalty);
        // Departments that no case has are nobody's part.
        const deductions = departments
          .filter((department) => labels.includes(department))
          .map((department) => ({ department }) as Deduction);
        const source = { cases, penalties, deductions } as unknown as ReportSource;
        const parts = [...splitSource(source, ({ outputs }) => outputs.department, "department")];
        expect(parts.flatMap(([, part]) => part.cases).sort((a, b) => a.row - b.row)).toEqual(cases);
        expect(parts.reduce((sum, [, part]) => sum + part.penalties.length, 0)).toBe(penalties.length);
        expect(parts.reduce((sum, [, part]) => sum + part.deductions.length, 0)).toBe(deductions.length);
        for (const [name, part] of parts) expect(part.penalties.every(({ row }) => labels[row] === name)).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});
