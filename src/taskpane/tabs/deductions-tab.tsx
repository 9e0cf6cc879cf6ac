import { subjectText } from "../../process/subject-text.js";
import { Badge, Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import { yuanNumber, yuanText } from "../../domain/money.js";
import type { NoticeLine } from "../../jobs/issue-notices.js";
import type { RunReport } from "../../jobs/run-report.js";
import type { MonthMoney, NoticesReport } from "../../worker/messages.js";
import type { Delivery } from "../excel/deliver.js";
import { AsOf } from "../ui/as-of.js";
import { Delivered } from "../ui/forms.js";
import { BarChart } from "../ui/bar-chart.js";
import { TableView } from "../ui/blocks.js";
import { Details } from "../ui/details.js";
import { IssueDialog } from "../ui/issue-dialog.js";
import { lastFinishedMonth } from "../periods.js";
import { MonthSelect, monthsUpTo } from "../ui/month-select.js";
import { BooksSection } from "./books-section.js";
import { Waiting } from "../ui/waiting.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { ButtonRow, Hint, Message, RowList, Section } from "../ui/parts.js";
import { useNumber } from "../ui/use-number.js";
import { useJudged } from "../ui/use-judged.js";

const MONTHS = 24;
const BARS = 12;

const useStyles = makeStyles({
  top: { marginBottom: tokens.spacingVerticalL },
  wrap: {
    overflowX: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    marginTop: tokens.spacingVerticalS,
  },
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
  gap: { height: tokens.spacingVerticalM },
  bound: { marginTop: tokens.spacingVerticalS },
});

/** 扣款: who is deducted how much in a month, why, and the notices about it. */
export function DeductionsTab(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const judged = useJudged();
  const { now } = pane.ledger.when();
  const chosen = usePaneState((state) => state.month);
  const [found, setFound] = useState<MonthMoney>();
  const months = [...new Set([...(judged?.months ?? []), ...monthsUpTo(now, MONTHS)])].sort().reverse();
  const month = chosen ?? lastFinishedMonth(now);
  // What is shown of a month stays until the ledger, judged again, says something else.
  const money = judged && found?.month === month ? found : undefined;
  useEffect(() => {
    if (!judged) return undefined;
    let current = true;
    void pane.work.attempt(async () => {
      const sums = await pane.worker.call("month", { month });
      if (current) setFound(sums);
    });
    return () => {
      current = false;
    };
  }, [pane, judged, month]);
  return (
    <>
      <div className={styles.top}>
        <MonthSelect
          months={months}
          value={month}
          onChange={(value) => {
            pane.papers.chooseMonth(value);
          }}
        />
        <AsOf judged={judged} />
      </div>
      {!money && <Waiting label={say("reports.loading")} />}
      {money && <Deductions money={money} />}
      {judged && <Notices month={month} judged={judged} />}
      {judged && <BooksSection judged={judged} />}
      {money && <Penalties money={money} />}
    </>
  );
}

function Deductions({ money: { deductions } }: { readonly money: MonthMoney }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  // The chart has room for those it matters to most.
  const taken = deductions
    .filter(({ deducted, carriedOut }) => deducted > 0 || carriedOut > 0)
    .sort((a, b) => b.deducted + b.carriedOut - (a.deducted + a.carriedOut));
  const notes = deductions.flatMap(({ messages }) => messages);
  return (
    <Section title={say("deductions.title")} aside={say("deductions.persons", { n: deductions.length })}>
      {deductions.length === 0 && <Hint>{say("deductions.none")}</Hint>}
      {taken.length > 0 && (
        <BarChart
          title={say("deductions.chart")}
          upright={false}
          series={[say("deductions.deducted"), say("deductions.carried-out")]}
          bars={taken.slice(0, BARS).map(({ person, employeeNo, deducted, carriedOut }) => ({
            label: subjectText({ subject: person, employeeNo }),
            values: [yuanNumber(deducted), yuanNumber(carriedOut)],
          }))}
        />
      )}
      {deductions.length > 0 && (
        <div className={styles.wrap} tabIndex={0} role="group" aria-label={say("deductions.title")}>
          <TableView
            table={{
              columns: [
                { header: say("deductions.person"), format: "text", weight: 1 },
                { header: say("deductions.carried-in"), format: "money", weight: 1 },
                { header: say("deductions.added"), format: "money", weight: 1 },
                { header: say("deductions.deducted"), format: "money", weight: 1 },
                { header: say("deductions.carried-out"), format: "money", weight: 1 },
              ],
              rows: deductions.map(({ person, employeeNo, carriedIn, added, deducted, carriedOut }) => [
                subjectText({ subject: person, employeeNo }),
                yuanNumber(carriedIn),
                yuanNumber(added),
                yuanNumber(deducted),
                yuanNumber(carriedOut),
              ]),
            }}
          />
        </div>
      )}
      <Ceilings deductions={deductions} />
      {notes.length > 0 && (
        <Details summary={say("deductions.notes", { n: notes.length })}>
          {deductions
            .filter(({ messages }) => messages.length > 0)
            .map(({ person, employeeNo, messages }) => (
              <div
                key={employeeNo ?? person}
              >{`${subjectText({ subject: person, employeeNo })}  ${messages.join("；")}`}</div>
            ))}
        </Details>
      )}
    </Section>
  );
}

/** Whom a ceiling kept from being deducted in full, and on request everybody's ceiling. */
function Ceilings({ deductions }: Pick<MonthMoney, "deductions">): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const bound = deductions.filter(({ carriedOut }) => carriedOut > 0);
  const ceilingOf = ({ ceiling }: (typeof deductions)[number]): string =>
    ceiling === undefined ? say("deductions.no-ceiling") : say("yuan", { amount: yuanText(ceiling) });
  if (deductions.length === 0) return null;
  return (
    <>
      {bound.length > 0 && (
        <div className={styles.bound}>
          <RowList
            label={say("deductions.bound")}
            items={bound}
            keyOf={({ person, employeeNo }) => employeeNo ?? person}
          >
            {({ person, employeeNo, ceiling, carriedOut, ceilingBasis }) => (
              <>
                <div className={styles.line}>
                  <span>{subjectText({ subject: person, employeeNo })}</span>
                  <Badge appearance="tint" color="warning">
                    {say("deductions.bound")}
                  </Badge>
                </div>
                <div>
                  {say("deductions.bound-line", {
                    ceiling: ceiling === undefined ? "—" : yuanText(ceiling),
                    carried: yuanText(carriedOut),
                  })}
                </div>
                <div className={styles.small}>{ceilingBasis}</div>
              </>
            )}
          </RowList>
        </div>
      )}
      <Details summary={say("deductions.all-ceilings")}>
        {deductions.map((deduction) => (
          <div key={deduction.employeeNo ?? deduction.person}>
            {`${subjectText({ subject: deduction.person, employeeNo: deduction.employeeNo })}  ${ceilingOf(deduction)}  ${deduction.ceilingBasis ?? ""}`}
          </div>
        ))}
      </Details>
    </>
  );
}

function Notices({ month, judged }: { readonly month: string; readonly judged: RunReport }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [report, setReport] = useState<NoticesReport>();
  const [issued, setIssued] = useState<number>();
  const [asking, setAsking] = useState(false);
  const [saved, setSaved] = useState<{ readonly file: string; readonly delivery: Delivery }>();
  useEffect(() => {
    setReport(undefined);
    setIssued(undefined);
    setSaved(undefined);
  }, [month, language]);
  // A new judgement may ask for other notices; until they are known the ones before stay.
  useEffect(() => {
    let current = true;
    void pane.work.attempt(async () => {
      const found = await pane.worker.call("notices", { ...pane.ledger.when(), month, issue: false });
      if (current) setReport(found);
    });
    return () => {
      current = false;
    };
  }, [pane, judged, month, language]);
  if (!report) return <Waiting label={say("reports.loading")} />;
  const fresh = report.notices.filter(({ isNew }) => isNew);
  const issue = async (): Promise<void> => {
    setAsking(false);
    const done = await pane.papers.issueNotices(month);
    if (done) {
      setReport(done);
      // Only what stands in the workbook now has gone out.
      setIssued(fresh.length - done.notices.filter(({ isNew }) => isNew).length);
    }
  };
  const save = async (job: "noticeFile" | "payrollFile"): Promise<void> => {
    setSaved(undefined);
    await pane.work.attempt(async () => {
      const file = await pane.worker.call(job, { ...pane.ledger.when(), month });
      const delivery = await pane.papers.deliver(file);
      if (delivery) setSaved({ file: file.name, delivery });
    });
  };
  return (
    <Section title={say("notices.title")} aside={say("count", { n: report.notices.length })}>
      {report.refusal !== undefined && <Message intent="error">{report.refusal}</Message>}
      {report.mismatch && <Message intent="error">{say("outcome.mismatch", report.mismatch)}</Message>}
      {report.notices.length === 0 && report.plan.posted === 0 && <Hint>{say("notices.none")}</Hint>}
      {(report.notices.length > 0 || report.plan.posted > 0) && (
        <>
          <ButtonRow>
            <Button
              appearance="primary"
              disabledFocusable={!idle || (fresh.length === 0 && report.plan.posted === 0)}
              onClick={() => {
                setAsking(true);
              }}
            >
              {say("notices.issue", { n: fresh.length })}
            </Button>
            <Button onClick={() => void save("noticeFile")}>{say("notices.download")}</Button>
            <Button onClick={() => void save("payrollFile")}>{say("notices.payroll")}</Button>
          </ButtonRow>
          {asking && (
            <IssueDialog
              month={month}
              report={report}
              onConfirm={() => void issue()}
              onClose={() => {
                setAsking(false);
              }}
            />
          )}
          <Hint>{say("notices.hint")}</Hint>
          <div role="status">
            {issued !== undefined && issued > 0 && (
              <Message intent="success">{say("notices.issued", { n: issued })}</Message>
            )}
            {saved && <Delivered {...saved} />}
          </div>
          <div className={styles.gap} />
          <RowList scrolls label={say("notices.title")} items={report.notices} keyOf={({ number }) => number}>
            {(notice) => <Notice notice={notice} />}
          </RowList>
        </>
      )}
    </Section>
  );
}

function Notice({ notice }: { readonly notice: NoticeLine }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { number, subject, amount, isNew, changes } = notice;
  return (
    <>
      <div className={styles.line}>
        <span>{subject}</span>
        <span>{say("yuan", { amount: yuanText(amount) })}</span>
      </div>
      <div className={styles.line}>
        <span className={styles.small}>{number}</span>
        <Badge appearance="tint" color={isNew ? "brand" : "informative"}>
          {say(isNew ? "notices.new" : "notices.sent")}
        </Badge>
      </div>
      {changes.map((change) => (
        <div key={change} className={styles.small}>
          {change}
        </div>
      ))}
    </>
  );
}

function Penalties({ money: { penalties } }: { readonly money: MonthMoney }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const number = useNumber();
  if (penalties.length === 0) return null;
  return (
    <Section title={say("deductions.penalties")} aside={say("count", { n: penalties.length })}>
      <RowList scrolls label={say("deductions.penalties")} items={penalties} keyOf={(_, i) => String(i)}>
        {({ complaintId, packId, subject, employeeNo, type, reason, formula, amount, basis }) => (
          <>
            <div className={styles.line}>
              <span>{`${subjectText({ subject, employeeNo })} · ${type}`}</span>
              <span>{say("yuan", { amount: yuanText(amount) })}</span>
            </div>
            <div className={styles.small}>{`${number(complaintId, packId)}  ${reason}`}</div>
            <div className={styles.small}>{`${formula}（${basis}）`}</div>
          </>
        )}
      </RowList>
    </Section>
  );
}
