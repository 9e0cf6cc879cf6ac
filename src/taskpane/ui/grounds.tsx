import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { ExplainedGround, ExplainedRule } from "../../process/explanation.js";
import { evidenceLines, explainedIn, parameterText, type SayExplained } from "../../documents/explanation/texts.js";
import { useTexts } from "./pane-context.js";

const useStyles = makeStyles({
  ground: { marginBottom: tokens.spacingVerticalS, ":last-child": { marginBottom: "0" } },
  clause: { fontWeight: tokens.fontWeightSemibold },
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
  const styles = useStyles();
  if (ground.kind === "human") return say("explain.human");
  if (ground.kind === "people") return say("explain.people");
  if (ground.kind === "because") return ground.text;
  if (ground.kind === "rule") return <RuleGround rule={ground} say={say} />;
  return (
    <>
      <div>{say("explain.label", { clause: ground.clause ?? "—" })}</div>
      <ul className={styles.list}>
        {evidenceLines(ground, say).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

export function RuleGround({ rule, say }: { readonly rule: ExplainedRule; readonly say: SayExplained }): ReactNode {
  const styles = useStyles();
  return (
    <>
      <div className={styles.clause}>{rule.clause}</div>
      <div>
        <span title={`${rule.file}:${rule.line}${rule.table ? ` ${say("explain.table-row", rule.table)}` : ""}`}>
          {rule.title}
        </span>
      </div>
      {rule.inputs.length + rule.parameters.length > 0 && (
        <ul className={styles.list}>
          {rule.inputs.map(({ fact, header, value }) => (
            <li key={fact}>{`${header} = ${value ?? say("explain.blank")}`}</li>
          ))}
          {rule.parameters.map((parameter) => (
            <li key={parameter.name}>
              {parameterText(parameter, say)}
              {parameter.note !== undefined && <div>{parameter.note}</div>}
            </li>
          ))}
        </ul>
      )}
      {rule.note !== undefined && <div>{say("explain.reading", { note: rule.note })}</div>}
    </>
  );
}
