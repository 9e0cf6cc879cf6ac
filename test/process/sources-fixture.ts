import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { sideRowSchema, storyCellsSchema } from "../../scripts/sample/story-cells.js";

/** The shape of test/fixtures/from-the-sources.json: complaints that the source documents tell of, and what to expect. */

/** What one output must be: this very value, blank (null), or something looser where the source leaves it open. */
const expectationSchema = z.union([
  z.string(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.strictObject({ oneOf: z.array(z.string()) }),
  z.strictObject({ includes: z.string() }),
  z.strictObject({ includesText: z.string() }),
]);
export type Expectation = z.infer<typeof expectationSchema>;

const sourcesFixtureSchema = z.strictObject({
  note: z.string(),
  now: z.string(),
  people: z.array(sideRowSchema),
  settings: z.array(sideRowSchema),
  complaints: z.array(
    z.strictObject({
      source: z.string(),
      why: z.string(),
      cells: storyCellsSchema,
      expect: z.record(z.string(), expectationSchema),
      penalties: z
        .array(z.strictObject({ subjectType: z.string(), subject: z.string(), type: z.string(), amount: z.string() }))
        .optional(),
    }),
  ),
});

const BESIDE = join(import.meta.dirname, "..", "fixtures", "from-the-sources");
export const SOURCES_WORKBOOK = `${BESIDE}.xlsx`;

export function readSourcesFixture(): z.infer<typeof sourcesFixtureSchema> {
  return sourcesFixtureSchema.parse(JSON.parse(readFileSync(`${BESIDE}.json`, "utf8")));
}
