import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { PlayRegular } from "@fluentui/react-icons/svg/play";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { ButtonRow, Card, Hint, Section } from "../ui/parts.js";
import { Report } from "./process/judged-ledger.js";
import { Outcome, Undone, UndoButton } from "./process/outcome.js";
import { LiveSwitch, Running } from "./process/running.js";
import { WhatIsRead } from "./process/what-is-read.js";

const MappingDialog = lazy(() =>
  import("../ui/mapping-dialog.js").then((module) => ({ default: module.MappingDialog })),
);

const useStyles = makeStyles({
  main: { width: "100%" },
  top: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalXL,
  },
});

/** 处理: what will be read, one button, and what came of it. */
export function ProcessTab(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const phase = usePaneState((state) => state.phase);
  const overview = usePaneState((state) => state.overview);
  const report = usePaneState((state) => state.report);
  const problem = usePaneState((state) => state.problem);
  const [mapping, setMapping] = useState(false);
  const running = phase !== "idle" && phase !== "opening";
  const noLedger = problem?.code === "no-ledger";
  return (
    <>
      {overview && (
        <WhatIsRead
          overview={overview}
          onMap={() => {
            setMapping(true);
          }}
        />
      )}
      {!overview && noLedger && (
        <Section title={say("mapping.title")}>
          <Card padded>
            <Hint>{say("mapping.no-ledger")}</Hint>
            <ButtonRow>
              <Button
                onClick={() => {
                  setMapping(true);
                }}
              >
                {say("mapping.open")}
              </Button>
              <Button onClick={() => void pane.open()}>{say("process.read-again")}</Button>
            </ButtonRow>
          </Card>
        </Section>
      )}
      <div className={styles.top}>
        <Button
          appearance="primary"
          size="large"
          icon={<PlayRegular />}
          className={styles.main}
          disabledFocusable={phase !== "idle"}
          onClick={() => void pane.ledger.process()}
        >
          {say("process.button")}
        </Button>
        <Running phase={phase} />
        {!running && <LiveSwitch />}
      </div>
      <div role="status">
        {!running && <Undone />}
        {report && !running && <Outcome report={report} />}
      </div>
      {!running && <UndoButton />}
      {report && !running && <Report report={report} />}
      {mapping && (
        <Suspense>
          <MappingDialog
            onClose={() => {
              setMapping(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
