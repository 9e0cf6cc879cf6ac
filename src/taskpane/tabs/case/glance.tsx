import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { InputId } from "../../../domain/columns.js";
import type { JudgedRow } from "../../../jobs/judge-row.js";
import { useTexts } from "../../ui/pane-context.js";
import { Card, Facts, Section } from "../../ui/parts.js";

const useStyles = makeStyles({
  // A long complaint is there to be read, and must not push the limits out of sight.
  text: {
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    maxHeight: "8em",
    overflowY: "auto",
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase300,
  },
});

const TEXT: InputId = "description";

/** Who complains, about what: the row's own words. */
export function Glance({ glance }: { readonly glance: JudgedRow["glance"] }): ReactNode {
  const styles = useStyles();
  const { say, title } = useTexts();
  const text = glance.find(({ column }) => column === TEXT)?.value;
  const facts = glance.filter(({ column }) => column !== TEXT);
  if (glance.length === 0) return null;
  return (
    <Section title={say("case.glance")}>
      <Card padded>
        {text !== undefined && (
          <p className={styles.text} tabIndex={0} aria-label={title(TEXT)}>
            {text}
          </p>
        )}
        <Facts facts={facts.map(({ column, value }) => [title(column), value] as const)} />
      </Card>
    </Section>
  );
}
