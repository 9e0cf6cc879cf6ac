import { Badge, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { yuanText } from "../../../domain/money.js";
import type { RunReport } from "../../../jobs/run-report.js";
import { useTexts } from "../../ui/pane-context.js";
import { Card, Facts, RowList, Section } from "../../ui/parts.js";
import { RowLink } from "../../ui/row-link.js";
import { StatusList } from "../../ui/status-list.js";
import { Causes } from "./causes.js";
import { Questions } from "./questions.js";

const useStyles = makeStyles({
  badge: { flexShrink: 0, whiteSpace: "nowrap" },
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
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

/** What the run found: counts, what is wrong, what is late, sums, and what has changed. */
export function Report(props: { readonly report: RunReport; readonly onRepair: () => void }): ReactNode {
  const { report, onRepair } = props;
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
      <Questions questions={report.questions} />
      <Causes causes={report.causes} onRepair={onRepair} />
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

function Overdue({ report }: { readonly report: RunReport }): ReactNode {
  const styles = useStyles();
  const { say, language, title } = useTexts();
  if (report.overdueCount === 0) return null;
  return (
    <Section title={say("overdue.title")} aside={say("count", { n: report.overdueCount })}>
      <RowList scrolls label={say("overdue.title")} items={report.overdue} keyOf={({ row }) => String(row)}>
        {({ row, id, packId, customer, about, status, nextStep, due, dueColumn }) => (
          <>
            <div className={styles.line}>
              <RowLink row={row} id={id} packId={packId} />
              <Badge className={styles.badge} appearance="tint" color={status === "已逾期" ? "danger" : "warning"}>
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
  const styles = useStyles();
  const { say, title } = useTexts();
  if (report.changedCount === 0) return null;
  return (
    <Section title={say("changes.title")} aside={say("count", { n: report.changedCount })}>
      <RowList scrolls label={say("changes.title")} items={report.changed} keyOf={({ row }) => String(row)}>
        {({ row, id, packId, first, changes }) => (
          <>
            <RowLink row={row} id={id} packId={packId} />{" "}
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
