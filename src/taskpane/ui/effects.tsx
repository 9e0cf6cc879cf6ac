import type { ReactNode } from "react";
import { yuanText, type Fen } from "../../domain/money.js";
import type { Comparison } from "../../process/compare.js";
import { usePane, useTexts } from "./pane-context.js";
import { useRowText } from "./use-row-text.js";
import { Action, Card, Facts, Message, RowList, Section } from "./parts.js";

const LONGEST = 100;

/** What a change of a pack would do to the open ledger: sums, persons, rules and rows. */
export function Effects({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const pane = usePane();
  const { say, title, language } = useTexts();
  const rowText = useRowText();
  const { rows, changedRows, outputs, subjects, rules, totals } = comparison;
  const money = ({ before, after }: { readonly before: Fen; readonly after: Fen }): string =>
    before === after ? yuanText(before) : `${yuanText(before)} → ${yuanText(after)}`;
  if (changedRows === 0 && subjects.length === 0)
    return <Message intent="info">{say("whatif.none", { rows })}</Message>;
  return (
    <>
      <Message intent="warning">{say("whatif.changed", { rows, changed: changedRows })}</Message>
      <br />
      <Section title={say("whatif.totals")}>
        <Card padded>
          <Facts
            facts={[
              [say("summary.penalties"), money(totals.penalties)],
              [say("summary.deducted"), money(totals.deducted)],
              [say("summary.carried"), money(totals.carriedOut)],
              [say("summary.compensation"), money(totals.compensation)],
            ]}
          />
        </Card>
      </Section>
      {subjects.length > 0 && (
        <Section title={say("whatif.subjects")}>
          <RowList scrolls label={say("whatif.subjects")} items={subjects} keyOf={({ subject }) => subject}>
            {(subject) => `${subject.subject}  ${money(subject)}`}
          </RowList>
        </Section>
      )}
      {rules.length > 0 && (
        <Section title={say("whatif.rules")}>
          <RowList scrolls label={say("whatif.rules")} items={rules} keyOf={({ rule }) => rule}>
            {(rule) =>
              `${rule.title[language]}  ${say("count", { n: rule.outputs })}  ${money({ before: rule.penaltiesBefore, after: rule.penaltiesAfter })}`
            }
          </RowList>
        </Section>
      )}
      <Section title={say("whatif.rows")} aside={say("count", { n: outputs.length })}>
        <RowList scrolls label={say("whatif.rows")} items={outputs.slice(0, LONGEST)} keyOf={(_, i) => String(i)}>
          {({ row, id, output, before, after }) => (
            <>
              <Action onClick={() => void pane.ledger.goToRow(row)}>{id ?? rowText(row)}</Action>{" "}
              {`${title(output)}  ${shown(before) || say("blank")} → ${shown(after) || say("blank")}`}
            </>
          )}
        </RowList>
      </Section>
    </>
  );
}

function shown(value: Comparison["outputs"][number]["before"]): string {
  if (value === undefined) return "";
  return Array.isArray(value) ? value.join("；") : String(value).replace("T", " ");
}
