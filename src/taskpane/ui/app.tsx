import { FluentProvider, makeStyles, Spinner, Tab, TabList, tokens } from "@fluentui/react-components";
import { ClipboardTaskListLtrRegular } from "@fluentui/react-icons/svg/clipboard-task-list-ltr";
import { DataBarVerticalRegular } from "@fluentui/react-icons/svg/data-bar-vertical";
import { GavelRegular } from "@fluentui/react-icons/svg/gavel";
import { MoneyRegular } from "@fluentui/react-icons/svg/money";
import { PlayCircleRegular } from "@fluentui/react-icons/svg/play-circle";
import { SettingsRegular } from "@fluentui/react-icons/svg/settings";
import type { FluentIcon } from "@fluentui/react-icons";
import { lazy, Suspense, useEffect, type ComponentType, type ReactNode } from "react";
import { BehindBar } from "./behind-bar.js";
import { ErrorBoundary } from "./error-boundary.js";
import { ProcessTab } from "../tabs/process-tab.js";
import { TABS, type TabId } from "../state/pane-state.js";
import { PackBar } from "./pack-bar.js";
import { ProblemBar } from "./problem-bar.js";
import { useTheme, type OfficeColours } from "./theme.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";

/** What isn't needed to start with is loaded when its tab is opened. */
const TAB_VIEWS: Readonly<Record<TabId, ComponentType>> = {
  process: ProcessTab,
  case: lazy(() => import("../tabs/case-tab.js").then(({ CaseTab }) => ({ default: CaseTab }))),
  rules: lazy(() => import("../tabs/rules-tab.js").then(({ RulesTab }) => ({ default: RulesTab }))),
  reports: lazy(() => import("../tabs/reports-tab.js").then(({ ReportsTab }) => ({ default: ReportsTab }))),
  deductions: lazy(() => import("../tabs/deductions-tab.js").then(({ DeductionsTab }) => ({ default: DeductionsTab }))),
  settings: lazy(() => import("../tabs/settings-tab.js").then(({ SettingsTab }) => ({ default: SettingsTab }))),
};

const TAB_ICONS: Readonly<Record<TabId, FluentIcon>> = {
  process: PlayCircleRegular,
  case: ClipboardTaskListLtrRegular,
  rules: GavelRegular,
  reports: DataBarVerticalRegular,
  deductions: MoneyRegular,
  settings: SettingsRegular,
};

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", height: "100vh", backgroundColor: tokens.colorNeutralBackground2 },
  tabs: {
    display: "flex",
    flexShrink: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    justifyContent: "space-between",
    paddingLeft: "2px",
    paddingRight: "2px",
  },
  tab: { flexGrow: 1, padding: "6px 0 8px", justifyContent: "center", minWidth: "0" },
  label: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: "2px",
    fontSize: "11px",
    lineHeight: "14px",
    // Six English words side by side.
    "@media (max-width: 340px)": { fontSize: "10px" },
  },
  unseen: {
    position: "absolute",
    width: "1px",
    height: "1px",
    margin: "-1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
  body: {
    position: "relative",
    flexGrow: 1,
    overflowY: "auto",
    padding: tokens.spacingHorizontalM,
    boxSizing: "border-box",
    // Long options must not make a narrow pane scroll sideways.
    "& .fui-Field": { gridTemplateColumns: "minmax(0, 1fr)", minWidth: 0 },
    "& select": { minWidth: 0, textOverflow: "ellipsis" },
  },
});

export function App({ office }: { readonly office: OfficeColours | undefined }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const tab = usePaneState((state) => state.tab);
  const preferences = usePaneState((state) => state.preferences);
  const theme = useTheme(preferences, office);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  const busy = usePaneState((state) => state.phase !== "idle");
  const View = TAB_VIEWS[tab];
  return (
    <FluentProvider theme={theme} className={styles.root}>
      <nav aria-label={say("tabs.label")}>
        <TabList
          className={styles.tabs}
          selectedValue={tab}
          onTabSelect={(_, { value }) => {
            pane.show(value as TabId);
          }}
          size="small"
        >
          {TABS.map((id) => {
            const Icon = TAB_ICONS[id];
            return (
              <Tab key={id} value={id} id={`tab-${id}`} aria-controls="panel" className={styles.tab}>
                <span className={styles.label}>
                  <Icon fontSize={18} />
                  {say(`tab.${id}`)}
                </span>
              </Tab>
            );
          })}
        </TabList>
      </nav>
      <main className={styles.body} tabIndex={0} aria-label={say(`tab.${tab}`)} aria-busy={busy}>
        <div id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <h1 className={styles.unseen}>{say("heading", { tab: say(`tab.${tab}`) })}</h1>
          <ProblemBar />
          <PackBar />
          <BehindBar />
          <ErrorBoundary key={tab} text={(detail) => say("problem.unexpected", { detail })}>
            <Suspense fallback={<Spinner size="small" label={say("loading")} />}>
              <View />
            </Suspense>
          </ErrorBoundary>
        </div>
      </main>
    </FluentProvider>
  );
}
