import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { OutputId } from "../../../domain/columns.js";
import { jobsText } from "../../../jobs/texts.js";
import type { Explanation } from "../../../process/explanation.js";
import { Details } from "../../ui/details.js";
import { explainedIn } from "../../../documents/explanation/texts.js";
import { Grounds, RuleGround } from "../../ui/grounds.js";
import { useTexts } from "../../ui/pane-context.js";
import { Card, Hint, RowList, Section } from "../../ui/parts.js";
import { valueOf } from "./explained-values.js";

/** What was decided, in the order in which a clerk asks. Limits, penalties and forms have sections of their own. */
const DECIDED: readonly OutputId[] = [
  "category",
  "subcategory",
  "nature",
  "level",
  "department",
  "handler",
  "nextStep",
  "approver",
  "compensation",
  "factoryCost",
  "customerCost",
  "postedReturn",
  "archiveUntil",
];

const useStyles = makeStyles({
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  name: { color: tokens.colorNeutralForeground2, flexShrink: 0, minWidth: "5em" },
  value: { fontWeight: tokens.fontWeightSemibold, textAlign: "end", overflowWrap: "anywhere" },
  miss: { marginBottom: tokens.spacingVerticalM },
  steps: { margin: "0", paddingLeft: tokens.spacingHorizontalXL, "& li": { marginBottom: tokens.spacingVerticalXS } },
});

export function Decided({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const styles = useStyles();
  const { say, title } = useTexts();
  const decided = DECIDED.flatMap((id) => explanation.outputs.filter(({ output }) => output === id));
  if (decided.length === 0) return null;
  return (
    <Section title={say("case.decided")}>
      <RowList label={say("case.decided")} items={decided} keyOf={({ output }) => output}>
        {({ output, grounds }) => (
          <>
            <div className={styles.line}>
              <span className={styles.name}>{title(output)}</span>
              <span className={styles.value}>{valueOf(explanation, output)}</span>
            </div>
            {grounds.length > 0 && (
              <Details summary={groundSummary(grounds[0]!, say("case.why"))}>
                <Grounds grounds={grounds} />
              </Details>
            )}
          </>
        )}
      </RowList>
    </Section>
  );
}

function groundSummary(ground: Explanation["outputs"][number]["grounds"][number], why: string): string {
  const clause = ground.kind === "rule" || ground.kind === "label" ? ground.clause : undefined;
  return clause ?? why;
}

export function NearMisses({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const { say, language } = useTexts();
  const styles = useStyles();
  const explained = explainedIn(language);
  return (
    <Section title={say("case.near-misses")}>
      <Card padded>
        <Details summary={say("count", { n: explanation.nearMisses.length })}>
          {explanation.nearMisses.map((miss) => (
            <div key={miss.rule} className={styles.miss}>
              <div>{miss.title}</div>
              <Hint>
                {explained("explain.failed", {
                  header: miss.failed.header,
                  operator: jobsText(language, `operator.${miss.failed.operator}`),
                  expected: miss.failed.expected,
                  actual: miss.failed.actual ?? explained("explain.blank"),
                })}
              </Hint>
              <Details summary={miss.clause}>
                <RuleGround rule={miss} say={explained} />
              </Details>
            </div>
          ))}
        </Details>
      </Card>
    </Section>
  );
}

export function Advice({ advice }: { readonly advice: Explanation["advice"] }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  if (advice.length === 0) return null;
  return (
    <Section title={say("case.advice")}>
      {advice.map(({ title, clause, steps }) => (
        <Card key={title} padded>
          <div className={styles.value} style={{ textAlign: "start" }}>
            {title}
          </div>
          <Hint>{clause}</Hint>
          <ol className={styles.steps}>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Card>
      ))}
    </Section>
  );
}
