import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useTexts } from "./pane-context.js";

/** The statuses that ask for something first, then what is under way, then what is done. */
const ORDER = [
  "数据有误",
  "待确认",
  "已逾期",
  "回访逾期",
  "逾期结案",
  "即将到期",
  "处理中",
  "待受理",
  "暂缓",
  "待回访",
  "已结案",
];
const RED = new Set(["数据有误", "已逾期", "回访逾期"]);
const AMBER = new Set(["逾期结案", "即将到期"]);

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: "0",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  item: {
    display: "grid",
    gridTemplateColumns: "84px minmax(0, 1fr) max-content",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalXXS,
    paddingBottom: tokens.spacingVerticalXXS,
  },
  track: { height: "8px", borderRadius: "4px", backgroundColor: tokens.colorNeutralBackground4 },
  bar: { height: "100%", minWidth: "3px", borderRadius: "4px", forcedColorAdjust: "none" },
  count: { fontVariantNumeric: "tabular-nums", minWidth: "3ch", textAlign: "end" },
});

/** How many rows have each status, as bars with their numbers. */
export function StatusList({ byStatus }: { readonly byStatus: Readonly<Record<string, number>> }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const rank = (status: string): number => (ORDER.indexOf(status) + ORDER.length + 1) % (ORDER.length + 1);
  const entries = Object.entries(byStatus).sort(([a], [b]) => rank(a) - rank(b));
  const most = Math.max(1, ...entries.map(([, count]) => count));
  return (
    <ul className={styles.list} aria-label={say("summary.by-status")}>
      {entries.map(([status, count]) => (
        <li key={status} className={styles.item}>
          <span lang="zh-CN">{status}</span>
          <span className={styles.track} aria-hidden="true">
            <span
              className={styles.bar}
              style={{ display: "block", width: `${(count / most) * 100}%`, backgroundColor: colourOf(status) }}
            />
          </span>
          <span className={styles.count}>{count}</span>
        </li>
      ))}
    </ul>
  );
}

function colourOf(status: string): string {
  if (RED.has(status)) return tokens.colorPaletteRedBackground3;
  return AMBER.has(status) ? tokens.colorPaletteDarkOrangeBackground3 : tokens.colorBrandBackground;
}
