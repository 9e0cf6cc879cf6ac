import type { z } from "zod";
import type { FactName } from "../facts.js";
import type { SchemaParts } from "./event-kind.js";

/** Who may bear a penalty, and the columns of the row by which they are found. */

interface SubjectKind<Shape extends z.ZodType> {
  readonly about: string;
  readonly shape: (parts: SchemaParts) => Shape;
  readonly reads: readonly FactName[];
}

/** So that each shape's type is kept. */
function subject<Shape extends z.ZodType>(kind: SubjectKind<Shape>): SubjectKind<Shape> {
  return kind;
}

export const SUBJECTS = {
  person: subject({
    about: "Each person in 责任人",
    shape: ({ z }) => z.strictObject({ who: z.literal("person") }),
    reads: ["person"],
  }),
  post: subject({
    about: "责任人 if filled in, else the one person of 人员 with this post",
    shape: ({ z, label }) => z.strictObject({ who: z.literal("post"), post: label }),
    reads: ["person"],
  }),
  receiver: subject({
    about: "接待人",
    shape: ({ z }) => z.strictObject({ who: z.literal("receiver") }),
    reads: ["receiver"],
  }),
  superior: subject({
    about: "上级 of each person in 责任人",
    shape: ({ z }) => z.strictObject({ who: z.literal("superior") }),
    reads: ["person"],
  }),
  "receiver-and-superior": subject({
    about: "接待人 and his or her 上级",
    shape: ({ z }) => z.strictObject({ who: z.literal("receiver-and-superior") }),
    reads: ["receiver"],
  }),
  unit: subject({
    about: "The responsible unit: written shares of 责任人, else 责任班组, else 责任人, else 责任部门",
    shape: ({ z }) => z.strictObject({ who: z.literal("unit") }),
    reads: ["person", "crew", "departmentOverride"],
  }),
  department: subject({
    about: "责任部门 as a whole, or the department that has the step where it is another",
    shape: ({ z, label }) => z.strictObject({ who: z.literal("department"), name: label.optional() }),
    reads: ["departmentOverride"],
  }),
};

type Subjects = typeof SUBJECTS;
export type PenaltySubject = { [Who in keyof Subjects]: z.infer<ReturnType<Subjects[Who]["shape"]>> }[keyof Subjects];

/** Columns of the row by which those who bear a penalty are found. */
export function subjectReads({ who }: PenaltySubject): readonly FactName[] {
  return SUBJECTS[who].reads;
}
