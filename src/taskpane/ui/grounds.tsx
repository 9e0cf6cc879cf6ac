import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { ExplainedGround, ExplainedRule } from "../../process/explanation.js";
import { explainedIn, type ExplainKey, type SayExplained } from "./explain-texts.js";
import { useTexts } from "./pane-context.js";
import { useClause } from "./use-clause.js";

const useStyles = makeStyles({
  ground: { marginBottom: tokens.spacingVerticalS, ":last-child": { marginBottom: "0" } },
  clause: { fontWeight: tokens.fontWeightSemibold },
  rule: { color: tokens.colorNeutralForeground2 },
  list: { margin: "0", paddingLeft: tokens.spacingHorizontalL },
});

/** Why an output is what it is: rule and clause, what the row says, the figures used. */
export function Grounds({ grounds }: { readonly grounds: readonly ExplainedGround[] }): ReactNode {
  const styles = useStyles();
  const { language } = useTexts();
  const say = explainedIn(language);
  return grounds.map((ground, i) => (
    <div key={i} className={styles.ground}>
      <Ground ground={ground} say={say} />
    </div>
  ));
}

function Ground({ ground, say }: { readonly ground: ExplainedGround; readonly say: SayExplained }): ReactNode {
  const shown = useClause();
  const styles = useStyles();
  if (ground.kind === "human") return say("explain.human");
  if (ground.kind === "people") return say("explain.people");
  if (ground.kind === "because") return ground.text;
  if (ground.kind === "rule") return <RuleGround rule={ground} say={say} />;
  return (
    <>
      <div>
        {say("explain.label", {
          clause: ground.clause === undefined ? "—" : shown(ground.clause),
          score: ground.score ?? 0,
        })}
      </div>
      <ul className={styles.list}>
        {ground.evidence.map(({ phrase, weight, negated }) => (
          <li key={phrase}>{`${weight > 0 ? "+" : ""}${weight}  ${phrase}${negated ? say("explain.negated") : ""}`}</li>
        ))}
      </ul>
      {ground.runnerUp && <div>{say("explain.runner-up", ground.runnerUp)}</div>}
    </>
  );
}

export function RuleGround({ rule, say }: { readonly rule: ExplainedRule; readonly say: SayExplained }): ReactNode {
  const styles = useStyles();
  const shown = useClause();
  return (
    <>
      <div className={styles.clause}>{shown(rule.clause)}</div>
      <div>
        {rule.title}{" "}
        <span className={styles.rule}>
          {`${rule.file}:${rule.line}${rule.table ? ` ${say("explain.table-row", rule.table)}` : ""}`}
        </span>
      </div>
      {rule.inputs.length + rule.parameters.length > 0 && (
        <ul className={styles.list}>
          {rule.inputs.map(({ fact, header, value }) => (
            <li key={fact}>{`${header} = ${value ?? say("explain.blank")}`}</li>
          ))}
          {rule.parameters.map((parameter) => (
            <li key={parameter.name}>
              {`${parameter.title} = ${valueText(parameter.value)} ${say(`unit.${parameter.unit}` as ExplainKey)}（${shown(parameter.source)}，${say(`mark.${parameter.mark}`)}）`}
              {parameter.note !== undefined && <div>{parameter.note}</div>}
            </li>
          ))}
        </ul>
      )}
      {rule.note !== undefined && <div>{say("explain.reading", { note: rule.note })}</div>}
    </>
  );
}

function valueText(value: ExplainedRule["parameters"][number]["value"]): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
