import { Badge, Button, Field, Input, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import type { InputId, OutputId } from "../../domain/columns.js";
import type { Explanation, ExplainedLimit } from "../../process/explain.js";
import { Details } from "../ui/details.js";
import { explainedIn } from "../ui/explain-texts.js";
import { Grounds, RuleGround } from "../ui/grounds.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { Action, ButtonRow, Card, Hint, Message, RowList, Section } from "../ui/parts.js";
import { Forms } from "../ui/forms.js";
import { useClause } from "../ui/use-clause.js";
import { leftText, standing, usedShare, type LimitStanding } from "../ui/time-left.js";

/** What was decided, in the order in which a clerk asks. Limits, penalties and forms have sections of their own. */
const DECIDED: readonly OutputId[] = [
  "category",
  "subcategory",
  "nature",
  "level",
  "department",
  "handler",
  "nextStep",
  "approver",
  "compensation",
  "factoryCost",
  "customerCost",
  "postedReturn",
  "archiveUntil",
];

const OVERRIDES: readonly (readonly [InputId, OutputId])[] = [
  ["categoryOverride", "category"],
  ["levelOverride", "level"],
  ["departmentOverride", "department"],
];

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
  name: { color: tokens.colorNeutralForeground2, flexShrink: 0, minWidth: "5em" },
  value: { fontWeight: tokens.fontWeightSemibold, textAlign: "end", overflowWrap: "anywhere" },
  track: { height: "6px", borderRadius: "3px", backgroundColor: tokens.colorNeutralBackground4, margin: "6px 0 4px" },
  bar: { display: "block", height: "100%", minWidth: "3px", borderRadius: "3px", forcedColorAdjust: "none" },
  red: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  amber: { color: tokens.colorPaletteDarkOrangeForeground1, fontWeight: tokens.fontWeightSemibold },
  green: { color: tokens.colorPaletteGreenForeground1 },
  days: {
    borderCollapse: "collapse",
    width: "100%",
    "& td, & th": { padding: "1px 6px 1px 0", textAlign: "start", verticalAlign: "top", fontWeight: "inherit" },
    "& th": { whiteSpace: "nowrap" },
  },
  counted: { fontWeight: tokens.fontWeightSemibold },
  miss: { marginBottom: tokens.spacingVerticalM },
  overrides: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  stack: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalL,
  },
  steps: { margin: "0", paddingLeft: tokens.spacingHorizontalXL, "& li": { marginBottom: tokens.spacingVerticalXS } },
});

/** 案件: the selected row, what was decided about it and why. */
export function CaseTab(): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const selected = usePaneState((state) => state.selected);
  const ready = usePaneState((state) => state.phase !== "opening");
  const language = usePaneState((state) => state.language);
  useEffect(() => {
    if (!ready) return undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    void pane.followSelection().then((end) => {
      if (gone) end();
      else stop = end;
    });
    return () => {
      gone = true;
      stop?.();
    };
    // Explanations come in the pane's language, so another language means another explanation.
  }, [pane, ready, language]);
  if (selected.kind === "loading" || !ready) return <Spinner size="small" label={say("case.loading")} />;
  if (selected.kind !== "judged") return <Message intent="info">{say("case.outside")}</Message>;
  return <Case key={selected.row} explanation={selected.judged.explanation} differs={selected.judged.differs} />;
}

function Case({ explanation, differs }: { readonly explanation: Explanation; readonly differs: boolean }): ReactNode {
  const { say } = useTexts();
  const forms = listOf(explanation, "forms");
  return (
    <>
      <Head explanation={explanation} differs={differs} />
      <Decided explanation={explanation} />
      <Limits limits={explanation.limits} />
      <Penalties explanation={explanation} />
      <Forms needed={forms} pack={explanation.pack?.id} />
      <Advice advice={explanation.advice} />
      <Overrides key={explanation.row} explanation={explanation} />
      {explanation.nearMisses.length > 0 && <NearMisses explanation={explanation} />}
      {explanation.pack && (
        <Hint>{say("case.version", { title: explanation.pack.title, version: explanation.pack.version })}</Hint>
      )}
    </>
  );
}

function valueOf(explanation: Explanation, id: OutputId): string | undefined {
  const value = explanation.outputs.find(({ output }) => output === id)?.value;
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join("；") : String(value).replace("T", " ");
}

function listOf(explanation: Explanation, id: OutputId): readonly string[] {
  const value = explanation.outputs.find(({ output }) => output === id)?.value;
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function Head({ explanation, differs }: { readonly explanation: Explanation; readonly differs: boolean }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const { id, row, pack, messages } = explanation;
  const status = valueOf(explanation, "status");
  const late = valueOf(explanation, "overdue") === "true" || status === "数据有误";
  return (
    <>
      <div className={styles.head}>
        <div className={styles.line}>
          <h2 className={styles.id}>{id ?? say("row", { row })}</h2>
          {status !== undefined && (
            <Badge appearance="filled" color={late ? "danger" : "brand"} lang="zh-CN">
              {status}
            </Badge>
          )}
        </div>
        <div className={styles.line}>
          <span className={styles.small}>{pack?.title}</span>
          <Action onClick={() => void pane.goTo(undefined, `A${row}`)}>{say("row", { row })}</Action>
        </div>
      </div>
      <div className={styles.stack} role="status">
        {messages.map((message) => (
          <Message key={message} intent="warning">
            {message}
          </Message>
        ))}
        {differs && (
          <Message intent="info">
            {say("case.differs")} <Action onClick={() => void pane.writeSelected()}>{say("case.write")}</Action>
          </Message>
        )}
      </div>
    </>
  );
}

function Decided({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const shown = useClause();
  const styles = useStyles();
  const { say, title } = useTexts();
  const decided = DECIDED.flatMap((id) => explanation.outputs.filter(({ output }) => output === id));
  if (decided.length === 0) return null;
  return (
    <Section title={say("case.decided")}>
      <RowList label={say("case.decided")} items={decided} keyOf={({ output }) => output}>
        {({ output, grounds }) => (
          <>
            <div className={styles.line}>
              <span className={styles.name}>{title(output)}</span>
              <span className={styles.value}>{valueOf(explanation, output)}</span>
            </div>
            {grounds.length > 0 && (
              <Details summary={shown(groundSummary(grounds[0]!, say("case.why")))}>
                <Grounds grounds={grounds} />
              </Details>
            )}
          </>
        )}
      </RowList>
    </Section>
  );
}

function groundSummary(ground: Explanation["outputs"][number]["grounds"][number], why: string): string {
  const clause = ground.kind === "rule" || ground.kind === "label" ? ground.clause : undefined;
  return clause ?? why;
}

const BAR_COLOURS: Readonly<Record<LimitStanding, string>> = {
  "in-time": tokens.colorPaletteGreenBackground3,
  late: tokens.colorPaletteDarkOrangeBackground3,
  running: tokens.colorBrandBackground,
  soon: tokens.colorPaletteDarkOrangeBackground3,
  passed: tokens.colorPaletteRedBackground3,
};

function Limits({ limits }: { readonly limits: readonly ExplainedLimit[] }): ReactNode {
  const pane = usePane();
  const shown = useClause();
  const styles = useStyles();
  const { say, title } = useTexts();
  if (limits.length === 0) return null;
  const { now } = pane.when();
  const colour = (state: LimitStanding): string | undefined => {
    if (state === "passed") return styles.red;
    return state === "soon" || state === "late" ? styles.amber : state === "in-time" ? styles.green : undefined;
  };
  return (
    <Section title={say("case.limits")}>
      <RowList label={say("case.limits")} items={limits} keyOf={({ stage }) => stage}>
        {(limit) => {
          const { stage, start, due, done, startColumn, length, clause, days } = limit;
          const state = standing(due, done, now);
          return (
            <>
              <div className={styles.line}>
                <span>{title(`${stage}Due` as OutputId)}</span>
                <span className={colour(state)}>{leftText(due, done, now, say)}</span>
              </div>
              <div className={styles.track} aria-hidden="true">
                <span
                  className={styles.bar}
                  style={{ width: `${usedShare(start, due, done, now) * 100}%`, backgroundColor: BAR_COLOURS[state] }}
                />
              </div>
              <div className={styles.line}>
                <span className={styles.small}>{`${title(startColumn)} ${shortTime(start)}`}</span>
                <span className={styles.small}>{say("case.until", { time: shortTime(due) })}</span>
              </div>
              <Details summary={`${shown(clause)}  ${length}`}>
                {days.length > 0 ? <DayByDay limit={limit} /> : say("case.round-the-clock")}
              </Details>
            </>
          );
        }}
      </RowList>
    </Section>
  );
}

/** The count of a limit, day by day. */
function DayByDay({ limit }: { readonly limit: ExplainedLimit }): ReactNode {
  const styles = useStyles();
  const { say, language } = useTexts();
  const explained = explainedIn(language);
  const weekdays = explained("weekdays").split(",");
  return (
    <table className={styles.days}>
      <caption className={styles.small}>{say("case.day-by-day")}</caption>
      <tbody>
        {limit.days.map(({ date, weekday, kind, name, role, number, known }) => (
          <tr key={`${date}${role}`} className={number === undefined ? undefined : styles.counted}>
            <th scope="row">{`${date.slice(5)} ${weekdays[weekday] ?? ""}`}</th>
            <td>{`${explained(`day.${kind}`)}${name === undefined ? "" : ` ${name}`}`}</td>
            <td>
              {explained(`role.${role}`, { n: number ?? "" })}
              {!known && ` ${explained("day.unknown")}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Penalties({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const shown = useClause();
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
            <div className={styles.small}>{shown(clause)}</div>
          </>
        )}
      </RowList>
    </Section>
  );
}

function Advice({ advice }: { readonly advice: Explanation["advice"] }): ReactNode {
  const shown = useClause();
  const styles = useStyles();
  const { say } = useTexts();
  if (advice.length === 0) return null;
  return (
    <Section title={say("case.advice")}>
      {advice.map(({ title, clause, steps }) => (
        <Card key={title} padded>
          <div className={styles.value} style={{ textAlign: "start" }}>
            {title}
          </div>
          <Hint>{shown(clause)}</Hint>
          <ol className={styles.steps}>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Card>
      ))}
    </Section>
  );
}

/** What a person decides otherwise: written into the ledger's override columns, which go before all rules. */
function Overrides({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, title } = useTexts();
  const columns = usePaneState((state) => state.overview?.columns);
  const busy = usePaneState((state) => state.phase !== "idle");
  const [values, setValues] = useState<Partial<Record<InputId, string>>>({});
  const present = OVERRIDES.filter(([id]) => columns?.some(([column]) => column === id));
  if (present.length === 0) return null;
  return (
    <Section title={say("case.override")}>
      <Card padded>
        <form
          className={styles.overrides}
          onSubmit={(event) => {
            event.preventDefault();
            void pane.setInputs(values).then(() => {
              setValues({});
            });
          }}
        >
          {present.map(([id, output]) => (
            <Field key={id} label={title(id)} size="small">
              <Input
                size="small"
                value={values[id] ?? ""}
                placeholder={valueOf(explanation, output) ?? ""}
                onChange={(_, { value }) => {
                  setValues({ ...values, [id]: value });
                }}
              />
            </Field>
          ))}
          <Hint>{say("case.override-hint")}</Hint>
          <ButtonRow>
            <Button type="submit" size="small" disabled={busy || Object.keys(values).length === 0}>
              {say("case.override-save")}
            </Button>
          </ButtonRow>
        </form>
      </Card>
    </Section>
  );
}

function NearMisses({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const { say, language } = useTexts();
  const shown = useClause();
  const styles = useStyles();
  const explained = explainedIn(language);
  return (
    <Section title={say("case.near-misses")}>
      <Card padded>
        <Details summary={say("count", { n: explanation.nearMisses.length })}>
          {explanation.nearMisses.map((miss) => (
            <div key={miss.rule} className={styles.miss}>
              <div>{miss.title}</div>
              <Hint>
                {explained("explain.failed", {
                  header: miss.failed.header,
                  operator: explained(`operator.${miss.failed.operator}` as Parameters<typeof explained>[0]),
                  expected: miss.failed.expected,
                  actual: miss.failed.actual ?? explained("explain.blank"),
                })}
              </Hint>
              <Details summary={shown(miss.clause)}>
                <RuleGround rule={miss} say={explained} />
              </Details>
            </div>
          ))}
        </Details>
      </Card>
    </Section>
  );
}

/** Times of this year need no year. */
function shortTime(iso: string): string {
  return iso.slice(5, 16).replace("T", " ");
}
