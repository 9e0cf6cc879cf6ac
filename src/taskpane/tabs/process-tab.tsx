import { Badge, Button, makeStyles, mergeClasses, ProgressBar, Switch, tokens } from "@fluentui/react-components";
import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { PlayRegular } from "@fluentui/react-icons/svg/play";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { yuanText } from "../../domain/money.js";
import { skippedRowText } from "../../ledger/excel/host-problem-text.js";
import type { Language } from "../../locales/language.js";
import type { RunReport } from "../../worker/messages.js";
import type { Overview } from "../state/overview.js";
import type { Phase, Written } from "../state/pane-state.js";
import { listed } from "../texts.js";
import { Action, ButtonRow, Card, Facts, Hint, Message, RowList, Section } from "../ui/parts.js";
import { usePane, usePaneState, useTexts, type Texts } from "../ui/pane-context.js";
import { packTitle } from "../ui/pack-title.js";
import { StatusList } from "../ui/status-list.js";

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
  outcome: {
    display: "flex",
    flexDirection: "column",
    alignItems: "stretch",
    gap: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalM,
  },
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  undo: { alignSelf: "start" },
  // A live region has to be there before anything is said in it.
  away: { marginBottom: `calc(-1 * ${tokens.spacingVerticalM})` },
  progress: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalS },
  rows: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  wraps: { flexWrap: "wrap", columnGap: tokens.spacingHorizontalS, rowGap: "0" },
  late: {
    color: tokens.colorPaletteRedForeground1,
    whiteSpace: "nowrap",
    marginLeft: "auto",
    fontSize: tokens.fontSizeBase200,
  },
  big: {
    display: "grid",
    gridTemplateColumns: "repeat(3, minmax(0, 1fr))",
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalM,
    marginTop: "0",
  },
  figure: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    "& dt": { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
    "& dd": {
      margin: "0",
      fontSize: tokens.fontSizeBase500,
      lineHeight: tokens.lineHeightBase500,
      fontWeight: tokens.fontWeightSemibold,
      fontVariantNumeric: "tabular-nums",
      overflowWrap: "anywhere",
    },
  },
  change: { color: tokens.colorNeutralForeground2 },
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
          onClick={() => void pane.process()}
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

function WhatIsRead({ overview, onMap }: { readonly overview: Overview; readonly onMap: () => void }): ReactNode {
  const pane = usePane();
  const { say, language } = useTexts();
  const packs = usePaneState((state) => state.packs);
  const phase = usePaneState((state) => state.phase);
  const { sheet, table, rows, columns, unrecognised, packNames } = overview;
  const names = packNames.map((name) => packTitle(name, packs, language));
  return (
    <Section
      title={say("process.what")}
      aside={phase === "idle" && <Action onClick={() => void pane.refresh()}>{say("process.read-again")}</Action>}
    >
      <Card padded>
        <Facts
          facts={[
            [say("process.sheet"), table === undefined ? sheet : say("process.table", { sheet, table })],
            [say("process.rows"), say("process.rows-value", { rows, columns: columns.length })],
            [say("process.pack"), names.length > 0 ? shortList(names, language, say) : say("process.no-pack")],
            ...(unrecognised.length > 0
              ? [
                  [
                    say("process.unrecognised"),
                    <>
                      {listed(
                        unrecognised.slice(0, 6).map(({ header }) => header),
                        language,
                      )}
                      {unrecognised.length > 6 && ` ${say("process.and-more", { more: unrecognised.length - 6 })}`}{" "}
                      <Action onClick={onMap}>{say("mapping.open")}</Action>
                    </>,
                  ] as const,
                ]
              : []),
          ]}
        />
      </Card>
    </Section>
  );
}

/** Three names are read at a glance; the rest is counted. */
function shortList(names: readonly string[], language: Language, say: Texts["say"]): string {
  const shown = listed(names.slice(0, 3), language);
  return names.length > 3 ? say("process.packs-more", { shown, n: names.length }) : shown;
}

/** Progress of a run, with a way to stop it as long as nothing is being written. */
function Running({ phase }: { readonly phase: Phase }): ReactNode {
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
              pane.cancel();
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

function LiveSwitch(): ReactNode {
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
        onChange={(_, { checked }) => void pane.setLive(checked)}
      />
      <div role="status" className={styles.small}>
        {live.on && (live.behind ? say("live.behind") : live.last ? lastJudged(live.last, say) : say("live.waiting"))}
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

function Report({ report }: { readonly report: RunReport }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { summary } = report;
  return (
    <>
      <Section title={say("summary.title")} aside={report.now.slice(0, 16).replace("T", " ")}>
        <dl className={styles.big}>
          <div className={styles.figure}>
            <dt>{say("summary.rows")}</dt>
            <dd>{summary.rows}</dd>
          </div>
          <div className={styles.figure}>
            <dt>{say("summary.overdue")}</dt>
            <dd>{report.overdueCount}</dd>
          </div>
          <div className={styles.figure}>
            <dt>{say("summary.faulty")}</dt>
            <dd>{summary.faultyRows}</dd>
          </div>
        </dl>
        <StatusList byStatus={summary.byStatus} />
      </Section>
      <Errors report={report} />
      <Overdue report={report} />
      <Section title={say("summary.money")}>
        <Card padded>
          <Facts
            facts={[
              [say("summary.penalties"), say("yuan", { amount: yuanText(summary.penalties) })],
              [say("summary.deducted"), say("yuan", { amount: yuanText(summary.deducted) })],
              [say("summary.carried"), say("yuan", { amount: yuanText(summary.carriedOut) })],
              [say("summary.compensation"), say("yuan", { amount: yuanText(summary.compensation) })],
            ]}
          />
        </Card>
      </Section>
      <Changes report={report} />
    </>
  );
}

/** What the last undo put back, and what it left because somebody has changed it since. */
function Undone(): ReactNode {
  const styles = useStyles();
  const { say, language } = useTexts();
  const restored = usePaneState((state) => state.restored);
  if (!restored) return null;
  const { cells, tables, skipped } = restored;
  return (
    <div className={styles.outcome}>
      {(cells > 0 || skipped === 0) && (
        <Message intent="success">
          {cells > 0 ? say("undone.cells", { cells }) : say("undone.nothing")}
          {tables.length > 0 && ` ${say("undone.tables", { tables: listed(tables, language) })}`}
        </Message>
      )}
      {skipped > 0 && <Message intent="warning">{say("undone.skipped", { cells: skipped })}</Message>}
    </div>
  );
}

/** There as long as something can be put back, also after a write that was broken off. */
function UndoButton(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const backup = usePaneState((state) => state.backup);
  if (!backup) return null;
  return (
    <div className={styles.outcome}>
      <Button size="small" className={styles.undo} icon={<ArrowUndoRegular />} onClick={() => void pane.undo()}>
        {say("process.undo")}
      </Button>
    </div>
  );
}

/** What was written, or why nothing was. */
function Outcome({ report }: { readonly report: RunReport }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const written = usePaneState((state) => state.written);
  const { mismatch, refusal } = report;
  return (
    <div className={styles.outcome}>
      {mismatch && (
        <Message intent="error">{say("outcome.mismatch", { row: mismatch.row, concern: mismatch.concern })}</Message>
      )}
      {refusal !== undefined && <Message intent="error">{refusal}</Message>}
      {report.unchanged && <Message intent="success">{say("outcome.unchanged")}</Message>}
      {!written && !report.unchanged && !mismatch && refusal === undefined && (
        <Message intent="info">{say("outcome.looked", { changed: report.changedCount })}</Message>
      )}
      {written && (
        <Message intent="success">
          {say("outcome.written", { cells: written.changedCells, rows: report.changedCount })}
          {written.placement === "results" && ` ${say("outcome.results-sheet")}`}
          {written.keptFormulas > 0 && ` ${say("outcome.kept-formulas", { cells: written.keptFormulas })}`}
          {written.movedRows > 0 && ` ${say("outcome.moved", { rows: written.movedRows })}`}
        </Message>
      )}
      {written && <Skipped rows={written.skipped} />}
    </div>
  );
}

/** Rows that were read but could not be written, and what to do about them. */
function Skipped({ rows }: { readonly rows: Written["skipped"] }): ReactNode {
  const { language } = useTexts();
  if (rows.length === 0) return null;
  return (
    <Message intent="warning">
      {rows.map((row) => (
        <div key={row.row}>{skippedRowText(row, language)}</div>
      ))}
    </Message>
  );
}

function Errors({ report }: { readonly report: RunReport }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const notes = [...report.errors, ...report.warnings];
  if (notes.length === 0) return null;
  return (
    <Section title={say("errors.title")} aside={say("count", { n: report.errorCount + report.warningCount })}>
      <RowList scrolls label={say("errors.title")} items={notes} keyOf={({ row }, i) => `${row}-${i}`}>
        {({ row, letter, text }) => (
          <>
            {row > 0 && (
              <>
                <Action
                  onClick={() => void pane.goTo(undefined, letter === undefined ? `A${row}` : `${letter}${row}`)}
                  label={say("go-to-row", { row })}
                >
                  {letter === undefined ? say("row", { row }) : `${letter}${row}`}
                </Action>{" "}
              </>
            )}
            {text}
          </>
        )}
      </RowList>
    </Section>
  );
}

function Overdue({ report }: { readonly report: RunReport }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language, title } = useTexts();
  if (report.overdueCount === 0) return null;
  return (
    <Section title={say("overdue.title")} aside={say("count", { n: report.overdueCount })}>
      <RowList scrolls label={say("overdue.title")} items={report.overdue} keyOf={({ row }) => String(row)}>
        {({ row, id, customer, about, status, nextStep, due, dueColumn }) => (
          <>
            <div className={styles.line}>
              <Action onClick={() => void pane.goTo(undefined, `A${row}`)} label={say("go-to-row", { row })}>
                {id ?? say("row", { row })}
              </Action>
              <Badge appearance="tint" color={status === "已逾期" ? "danger" : "warning"}>
                {status}
              </Badge>
            </div>
            <div>
              {customer !== "" && `${customer}${language === "zh" ? "：" : ": "}`}
              {about}
            </div>
            <div className={mergeClasses(styles.line, styles.wraps)}>
              <span className={styles.small}>{nextStep}</span>
              {due !== undefined && dueColumn !== undefined && (
                <span className={styles.late}>{`${title(dueColumn)} ${due.slice(5, 16).replace("T", " ")}`}</span>
              )}
            </div>
          </>
        )}
      </RowList>
    </Section>
  );
}

function Changes({ report }: { readonly report: RunReport }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, title } = useTexts();
  if (report.changedCount === 0) return null;
  return (
    <Section title={say("changes.title")} aside={say("count", { n: report.changedCount })}>
      <RowList scrolls label={say("changes.title")} items={report.changed} keyOf={({ row }) => String(row)}>
        {({ row, id, first, changes }) => (
          <>
            <Action onClick={() => void pane.goTo(undefined, `A${row}`)} label={say("go-to-row", { row })}>
              {id ?? say("row", { row })}
            </Action>{" "}
            {first ? (
              <span className={styles.change}>{say("changes.first")}</span>
            ) : (
              changes.map(({ column, before, after }) => (
                <div key={column} className={styles.small}>
                  {`${title(column)}  ${before || say("blank")} → ${after || say("blank")}`}
                </div>
              ))
            )}
          </>
        )}
      </RowList>
    </Section>
  );
}
