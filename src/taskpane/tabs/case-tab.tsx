import { Badge, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, type ReactNode } from "react";
import type { JudgedRow } from "../../jobs/judge-row.js";
import type { Explanation } from "../../process/explanation.js";
import { Forms } from "../ui/forms.js";
import { NoLedger } from "../ui/no-ledger.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { useRowText } from "../ui/use-row-text.js";
import { useNoLedger } from "../ui/use-no-ledger.js";
import { Waiting } from "../ui/waiting.js";
import { Action, Hint, Message } from "../ui/parts.js";
import { Advice, Decided, NearMisses } from "./case/decided.js";
import { listOf, valueOf } from "./case/explained-values.js";
import { Glance } from "./case/glance.js";
import { Limits } from "./case/limits.js";
import { Overrides } from "./case/overrides.js";
import { Penalties } from "./case/penalties.js";

const useStyles = makeStyles({
  head: { marginBottom: tokens.spacingVerticalL },
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  id: {
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    margin: "0",
    overflowWrap: "anywhere",
  },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  stack: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalL,
  },
});

/** 案件: the selected row, what was decided about it and why. */
export function CaseTab(): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const selected = usePaneState((state) => state.selected);
  const ready = usePaneState((state) => state.phase !== "opening");
  const noLedger = useNoLedger();
  const language = usePaneState((state) => state.language);
  useEffect(() => {
    if (!ready) return undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    void pane.selected.follow().then((end) => {
      if (gone) end();
      else stop = end;
    });
    return () => {
      gone = true;
      stop?.();
    };
    // Explanations come in the pane's language, so another language means another explanation.
  }, [pane, ready, language]);
  if (selected.kind === "loading" || !ready) return <Waiting label={say("case.loading")} />;
  if (noLedger) return <NoLedger />;
  if (selected.kind !== "judged") return <Message intent="info">{say("case.outside")}</Message>;
  return <Case key={selected.row} judged={selected.judged} />;
}

function Case({ judged }: { readonly judged: JudgedRow }): ReactNode {
  const { explanation, differs, glance, overrides } = judged;
  const { say } = useTexts();
  const forms = listOf(explanation, "forms");
  return (
    <>
      <Head explanation={explanation} />
      <Glance glance={glance} />
      <Limits limits={explanation.limits} />
      <Said explanation={explanation} differs={differs} />
      <Decided explanation={explanation} />
      <Penalties explanation={explanation} />
      <Forms needed={forms} pack={explanation.pack?.id} />
      <Advice advice={explanation.advice} />
      <Overrides key={explanation.row} explanation={explanation} overrides={overrides} />
      {explanation.nearMisses.length > 0 && <NearMisses explanation={explanation} />}
      {explanation.pack && (
        <Hint>
          {say("case.version", {
            title: explanation.pack.title,
            version: explanation.pack.version,
          })}
        </Hint>
      )}
    </>
  );
}

function Head({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const rowText = useRowText();
  const { id, row, pack } = explanation;
  const status = valueOf(explanation, "status");
  const late = valueOf(explanation, "overdue") === "true" || status === "数据有误";
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <h2 className={styles.id}>{id ?? rowText(row)}</h2>
        {status !== undefined && (
          <Badge appearance="filled" color={late ? "danger" : "brand"} lang="zh-CN">
            {status}
          </Badge>
        )}
      </div>
      <div className={styles.line}>
        <span className={styles.small}>{pack?.title}</span>
        <Action onClick={() => void pane.ledger.goToRow(row)}>{rowText(row)}</Action>
      </div>
    </div>
  );
}

/** What is to be said of the row, and whether it says in the ledger what was judged. */
function Said({ explanation, differs }: { readonly explanation: Explanation; readonly differs: boolean }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const { messages } = explanation;
  return (
    <div className={styles.stack} role="status">
      {messages.map((message) => (
        <Message key={message} intent="warning">
          {message}
        </Message>
      ))}
      {differs && (
        <Message intent="info">
          {say("case.differs")} <Action onClick={() => void pane.selected.write()}>{say("case.write")}</Action>
        </Message>
      )}
    </div>
  );
}
