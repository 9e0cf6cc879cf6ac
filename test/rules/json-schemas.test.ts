import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COLUMNS } from "../../src/domain/columns.js";
import { DERIVED_FACTS } from "../../src/rules/facts.js";
import { jsonSchemas } from "../../src/rules/json-schemas.js";

const folder = new URL("../../rules/schema/", import.meta.url);

describe("the JSON Schemas of rule packs", () => {
  it("are as the zod schemas say (if not: npx tsx scripts/build-schemas.ts)", () => {
    const schemas = jsonSchemas();
    expect(readdirSync(folder).sort()).toEqual([...schemas.keys()].sort());
    for (const [name, content] of schemas) expect(readFileSync(new URL(name, folder), "utf8"), name).toBe(content);
  });

  it("offer every fact with the header of its column", () => {
    const { definitions } = JSON.parse(jsonSchemas().get("rules.schema.json")!) as {
      definitions: { fact: { enum: string[]; enumDescriptions: string[] } };
    };
    const { fact } = definitions;
    expect(fact.enum).toEqual([...COLUMNS.map(({ id }) => id), ...Object.keys(DERIVED_FACTS)]);
    expect(fact.enumDescriptions[fact.enum.indexOf("description")]).toBe("投诉内容");
  });

  it("have a title and a description each, and take no unknown key", () => {
    for (const content of jsonSchemas().values()) {
      const schema = JSON.parse(content) as Record<string, unknown>;
      expect(schema).toMatchObject({
        $schema: "http://json-schema.org/draft-07/schema#",
        title: expect.any(String) as unknown,
        description: expect.any(String) as unknown,
        additionalProperties: false,
      });
    }
  });
});
