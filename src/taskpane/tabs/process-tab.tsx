import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { PlayRegular } from "@fluentui/react-icons/svg/play";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { NoLedger } from "../ui/no-ledger.js";
import { useNoLedger } from "../ui/use-no-ledger.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { Outcome, Undone, UndoButton } from "./process/outcome.js";
import { LiveSwitch, Running } from "./process/running.js";

const MappingDialog = lazy(() =>
  import("../ui/mapping-dialog.js").then((module) => ({ default: module.MappingDialog })),
);

const RepairDialog = lazy(() => import("../ui/repair-dialog.js").then((module) => ({ default: module.RepairDialog })));
const GroupSection = lazy(() =>
  import("./process/group-section.js").then((module) => ({ default: module.GroupSection })),
);
const SheetChoice = lazy(() => import("../ui/sheet-choice.js").then((module) => ({ default: module.SheetChoice })));
const WhatIsRead = lazy(() => import("./process/what-is-read.js").then((module) => ({ default: module.WhatIsRead })));
const Report = lazy(() => import("./process/judged-ledger.js").then((module) => ({ default: module.Report })));
const TodayView = lazy(() => import("./process/today.js").then((module) => ({ default: module.TodayView })));

const useStyles = makeStyles({
  main: { width: "100%" },
  top: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalXL,
  },
});

const NO_CHOICES: readonly string[] = [];

/** 处理: what will be read, one button, and what came of it. */
export function ProcessTab(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const phase = usePaneState((state) => state.phase);
  const overview = usePaneState((state) => state.overview);
  const report = usePaneState((state) => state.report);
  const [mapping, setMapping] = useState(false);
  const [repairing, setRepairing] = useState(false);
  const running = phase !== "idle" && phase !== "opening";
  const noLedger = useNoLedger();
  const choices = usePaneState((state) => state.problem?.choices ?? NO_CHOICES);
  return (
    <>
      {overview && !noLedger && (
        <Suspense>
          <WhatIsRead
            overview={overview}
            onMap={() => {
              setMapping(true);
            }}
          />
        </Suspense>
      )}
      {noLedger && <NoLedger />}
      {choices.length > 0 && (
        <Suspense>
          <SheetChoice names={choices} />
        </Suspense>
      )}
      <div className={styles.top}>
        {!noLedger && (
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
        )}
        <Running phase={phase} />
        {!running && !noLedger && <LiveSwitch />}
      </div>
      {overview && !noLedger && !overview.isShop && !running && (
        <Suspense>
          <GroupSection isGroup={overview.isGroup} />
        </Suspense>
      )}
      <div role="status">
        {!running && <Undone />}
        {report && !running && <Outcome report={report} />}
      </div>
      {!running && <UndoButton />}
      {overview && !noLedger && !running && (
        <Suspense>
          <TodayView report={report} />
        </Suspense>
      )}
      {report && !running && (
        <Suspense>
          <Report
            report={report}
            onRepair={() => {
              setRepairing(true);
            }}
          />
        </Suspense>
      )}
      {repairing && (
        <Suspense>
          <RepairDialog
            onClose={() => {
              setRepairing(false);
            }}
          />
        </Suspense>
      )}
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
