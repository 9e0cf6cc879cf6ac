import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { Explanation } from "../../../process/explanation.js";
import { useTexts } from "../../ui/pane-context.js";
import { RowList, Section } from "../../ui/parts.js";
import { valueOf } from "./explained-values.js";

const useStyles = makeStyles({
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { fontWeight: tokens.fontWeightSemibold, textAlign: "end", overflowWrap: "anywhere" },
});

export function Penalties({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { penalties } = explanation;
  if (penalties.length === 0) return null;
  return (
    <Section title={say("case.penalties")} aside={say("yuan", { amount: valueOf(explanation, "penalty") ?? "0.00" })}>
      <RowList label={say("case.penalties")} items={penalties} keyOf={(_, i) => String(i)}>
        {({ subject, type, reason, formula, amount, clause }) => (
          <>
            <div className={styles.line}>
              <span>{`${subject} · ${type}`}</span>
              <span className={styles.value}>{amount}</span>
            </div>
            <div>{reason}</div>
            <div className={styles.small}>{`${formula} = ${amount}`}</div>
            <div className={styles.small}>{clause}</div>
          </>
        )}
      </RowList>
    </Section>
  );
}
