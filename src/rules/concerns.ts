import type { EventType } from "./pack-schema.js";

/**
 * The names judging a row goes by. They stand apart from the schema of a pack's files, so that whoever only judges rows
 * doesn't load the validator.
 */

export const CLASSIFIED_OUTPUTS = ["category", "subcategory", "nature", "level"] as const;
export type ClassifiedOutput = (typeof CLASSIFIED_OUTPUTS)[number];

/** Which events each concern's file may hold; concerns are evaluated in this order and see the outputs of those before. */
export const CONCERN_EVENTS = {
  classification: ["classify", "invalid", "message"],
  responsibility: ["assign", "next-step", "message"],
  deadlines: ["deadline", "escalate", "archive", "message"],
  penalties: ["penalty", "message"],
  compensation: ["compensate", "split-cost", "post-return", "next-step", "message"],
  approvals: ["assign", "next-step", "message"],
  forms: ["form", "next-step", "message"],
  advice: ["advice"],
} as const satisfies Record<string, readonly EventType[]>;
export type Concern = keyof typeof CONCERN_EVENTS;
export const CONCERNS = Object.keys(CONCERN_EVENTS) as readonly Concern[];
