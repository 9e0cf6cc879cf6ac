import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { AskedQuestion } from "../../../jobs/first-check.js";
import { usePane, usePaneState, useTexts } from "../../ui/pane-context.js";
import { Message, Section } from "../../ui/parts.js";

const useStyles = makeStyles({
  question: { marginBottom: tokens.spacingVerticalS },
  answers: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalXS,
    marginTop: tokens.spacingVerticalXS,
  },
});

/** What has to be answered before the rows that rest on it can be judged: a press for each answer. */
export function Questions({ questions }: { readonly questions: readonly AskedQuestion[] }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  if (questions.length === 0) return null;
  return (
    <Section title={say("questions.title")} aside={String(questions.length)}>
      {questions.map(({ text, answers }) => (
        <div key={text} className={styles.question}>
          <Message intent="warning">
            {text}
            <div className={styles.answers}>
              {answers.map(({ label, answer }) => (
                <Button
                  key={label}
                  size="small"
                  disabledFocusable={!idle}
                  onClick={() => void pane.ledger.answer(answer)}
                >
                  {label}
                </Button>
              ))}
            </div>
          </Message>
        </div>
      ))}
    </Section>
  );
}
