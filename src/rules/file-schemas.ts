import {
  classificationSchema,
  learnedSchema,
  listsSchema,
  packSchema,
  parametersSchema,
  penaltiesSchema,
  ruleFileSchema,
} from "./pack-schema.js";
import { reportsSchema } from "./report-schema.js";
import { SIGNATURE_FILE, signatureSchema } from "./signature.js";

/** One schema per file name of a pack's folder. */
export const FILE_SCHEMAS = {
  "pack.json": packSchema,
  "parameters.json": parametersSchema,
  "lists.json": listsSchema,
  "classification.json": classificationSchema,
  "learned.json": learnedSchema,
  "responsibility.json": ruleFileSchema,
  "deadlines.json": ruleFileSchema,
  "penalties.json": penaltiesSchema,
  "compensation.json": ruleFileSchema,
  "approvals.json": ruleFileSchema,
  "forms.json": ruleFileSchema,
  "advice.json": ruleFileSchema,
  "reports.json": reportsSchema,
  [SIGNATURE_FILE]: signatureSchema,
} as const;
