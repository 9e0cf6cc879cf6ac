import { Button, makeStyles, ProgressBar, Switch, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import type { ReactNode } from "react";
import type { Phase } from "../../state/pane-state.js";
import { usePane, usePaneState, useTexts, type Texts } from "../../ui/pane-context.js";

const useStyles = makeStyles({
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  // A live region has to be there before anything is said in it.
  away: { marginBottom: `calc(-1 * ${tokens.spacingVerticalM})` },
  progress: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalS },
  rows: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
});

/** Progress of a run, with a way to stop it as long as nothing is being written. */
export function Running({ phase }: { readonly phase: Phase }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const styles = useStyles();
  const progress = usePaneState((state) => state.progress);
  const running = phase !== "idle";
  const told = running ? say(`phase.${phase}`) : "";
  const rows = progress && say("phase.rows", progress);
  const stoppable = phase === "reading" || phase === "judging" || phase === "checking";
  return (
    <div className={running ? undefined : styles.away}>
      <div className={styles.line}>
        <span className={styles.progress}>
          {/* Phases are announced; the rows, which change all the time, are there for those who ask for them. */}
          <span role="status">{told}</span>
          {rows !== undefined && (
            <span aria-hidden="true" className={styles.rows}>
              {rows}
            </span>
          )}
        </span>
        {stoppable && (
          <Button
            size="small"
            appearance="subtle"
            icon={<DismissRegular />}
            onClick={() => {
              pane.ledger.cancel();
            }}
          >
            {say("process.cancel")}
          </Button>
        )}
      </div>
      {running && (
        <ProgressBar
          aria-label={told}
          thickness="large"
          {...(progress === undefined ? {} : { value: progress.done, max: progress.total, "aria-valuetext": rows })}
        />
      )}
    </div>
  );
}

/** Turns live mode on and off, and tells of the row judged last. */
export function LiveSwitch(): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const styles = useStyles();
  const live = usePaneState((state) => state.live);
  const opening = usePaneState((state) => state.phase === "opening");
  return (
    <div>
      <Switch
        checked={live.on}
        disabled={opening}
        label={say("live.label")}
        onChange={(_, { checked }) => void pane.live.set(checked)}
      />
      <div role="status" className={styles.small}>
        {live.on && (live.last ? lastJudged(live.last, say) : say("live.waiting"))}
      </div>
    </div>
  );
}

function lastJudged(
  { row, id, changed }: { readonly row: number; readonly id: string | undefined; readonly changed: boolean },
  say: Texts["say"],
): string {
  return say(changed ? "live.changed" : "live.unchanged", { row, id: id ?? "—" });
}
