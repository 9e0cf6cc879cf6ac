import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { OutputId } from "../../../domain/columns.js";
import type { ExplainedLimit } from "../../../process/explanation.js";
import { Details } from "../../ui/details.js";
import { explainedIn } from "../../../documents/explanation/texts.js";
import { usePane, useTexts } from "../../ui/pane-context.js";
import { RowList, Section } from "../../ui/parts.js";
import { leftText, standing, usedShare, type LimitStanding } from "../../ui/time-left.js";

const BAR_COLOURS: Readonly<Record<LimitStanding, string>> = {
  "in-time": tokens.colorPaletteGreenBackground3,
  late: tokens.colorPaletteDarkOrangeBackground3,
  running: tokens.colorBrandBackground,
  soon: tokens.colorPaletteDarkOrangeBackground3,
  passed: tokens.colorPaletteRedBackground3,
};

const useStyles = makeStyles({
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
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
});

export function Limits({ limits }: { readonly limits: readonly ExplainedLimit[] }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, title } = useTexts();
  if (limits.length === 0) return null;
  const { now } = pane.ledger.when();
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
              <Details summary={`${clause}  ${length}`}>
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

/** Times of this year need no year. */
function shortTime(iso: string): string {
  return iso.slice(5, 16).replace("T", " ");
}
