import { z } from "zod";
import { COLUMNS } from "../domain/columns.js";
import { caseFileSchema } from "./case-schema.js";
import {
  classificationSchema,
  listsSchema,
  packSchema,
  parametersSchema,
  penaltiesSchema,
  ruleFileSchema,
} from "./pack-schema.js";
import { reportsSchema } from "./report-schema.js";

/** The JSON Schemas under rules/schema/, which packs name in `$schema`. They are generated, never edited. */

const FILES: readonly {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly title: string;
  readonly about: string;
}[] = [
  {
    name: "pack.schema.json",
    schema: packSchema,
    title: "Rule pack · 规则包 (pack.json)",
    about: "What a pack is: its name, source, numbering, stages and calendar.",
  },
  {
    name: "parameters.schema.json",
    schema: parametersSchema,
    title: "Parameters · 参数 (parameters.json)",
    about:
      "Dated values with unit and source; rules refer to them by name. Values follow each other without gap or overlap.",
  },
  {
    name: "lists.schema.json",
    schema: listsSchema,
    title: "Lists · 取值 (lists.json)",
    about:
      "The values that columns which decide money may hold, with other ways of writing them. Only whole values decide.",
  },
  {
    name: "classification.schema.json",
    schema: classificationSchema,
    title: "Classification · 分类 (classification.json)",
    about: "Labels with the phrases that speak for and against them, and rules that classify or find a row faulty.",
  },
  {
    name: "rules.schema.json",
    schema: ruleFileSchema,
    title: "Rules · 规则 (responsibility, deadlines, compensation, approvals, forms, advice)",
    about:
      "Rules of one concern: where the conditions hold, the event follows. Only data; nothing in here is ever run.",
  },
  {
    name: "penalties.schema.json",
    schema: penaltiesSchema,
    title: "Penalties · 处罚 (penalties.json)",
    about: "Rules that propose penalties, and the pack's own monthly caps.",
  },
  {
    name: "reports.schema.json",
    schema: reportsSchema,
    title: "Reports · 报表 (reports.json)",
    about: "The reports a regulation asks for: period, due day and blocks. Written by `tiaoli report`.",
  },
  {
    name: "cases.schema.json",
    schema: caseFileSchema,
    title: "Cases · 案例 (cases/*.json)",
    about: "Clauses shown at work: rows as a clerk would type them, and what must come out. Run by `tiaoli check`.",
  },
];

/** What a column id stands for, so that an editor shows the header beside the id. */
const HEADERS: ReadonlyMap<string, string> = new Map(COLUMNS.map(({ id, header }) => [id, header]));

/** The text of each schema file, by name. */
export function jsonSchemas(): Map<string, string> {
  return new Map(FILES.map((file) => [file.name, schemaText(file)]));
}

function schemaText({ schema, title, about }: (typeof FILES)[number]): string {
  const json = z.toJSONSchema(schema, {
    target: "draft-07", // what VS Code's JSON service knows best
    io: "input",
    override: ({ jsonSchema }) => {
      if (!jsonSchema.enum?.some((member) => HEADERS.has(String(member)))) return;
      // VS Code's extension: a description for each member of an enum.
      jsonSchema["enumDescriptions"] = jsonSchema.enum.map((member) => HEADERS.get(String(member)) ?? "");
    },
  });
  const { $schema, ...rest } = json;
  return `${JSON.stringify({ $schema, title, description: about, ...rest }, null, 2)}\n`;
}
