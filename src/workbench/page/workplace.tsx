import {
  Input,
  makeStyles,
  Tab,
  TabList,
  tokens,
  Toolbar,
  ToolbarButton,
  ToolbarDivider,
} from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { DataBarVerticalRegular } from "@fluentui/react-icons/svg/data-bar-vertical";
import { FilterRegular } from "@fluentui/react-icons/svg/filter";
import { FilterDismissRegular } from "@fluentui/react-icons/svg/filter-dismiss";
import { MoneyRegular } from "@fluentui/react-icons/svg/money";
import { PanelRightRegular } from "@fluentui/react-icons/svg/panel-right";
import { PlayCircleRegular } from "@fluentui/react-icons/svg/play-circle";
import { TableDeleteRowRegular } from "@fluentui/react-icons/svg/table-delete-row";
import { TableInsertRowRegular } from "@fluentui/react-icons/svg/table-insert-row";
import { TextSortAscendingRegular } from "@fluentui/react-icons/svg/text-sort-ascending";
import { TextSortDescendingRegular } from "@fluentui/react-icons/svg/text-sort-descending";
import {
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ComponentType,
  type ReactElement,
  type ReactNode,
} from "react";
import type { Language } from "../../locales/language.js";
import { ACTION_IDS, type ActionId } from "../../taskpane/action-ids.js";
import { addressOf, type Bench } from "./bench.js";
import { openPane, type FrameLink } from "./frame-link.js";
import { Grid } from "./grid.js";
import type { Say } from "./texts.js";

const useStyles = makeStyles({
  bar: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "4px",
    padding: "4px 8px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  group: { padding: "0" },
  body: { display: "flex", flexGrow: 1, minHeight: 0 },
  sheet: { display: "flex", flexDirection: "column", flexGrow: 1, minWidth: 0 },
  cell: { display: "flex", alignItems: "center", gap: "8px", padding: "4px 8px" },
  address: { width: "64px", fontVariantNumeric: "tabular-nums", textAlign: "center" },
  content: { flexGrow: 1 },
  tabs: { flexShrink: 0, overflowX: "auto", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  pane: { flexShrink: 0, width: "min(400px, 45vw)", borderLeft: `1px solid ${tokens.colorNeutralStroke1}` },
});

const COMMAND_ICONS: Readonly<Record<ActionId, ComponentType>> = {
  process: PlayCircleRegular,
  monthlyReport: DataBarVerticalRegular,
  deductionNotices: MoneyRegular,
  showPane: PanelRightRegular,
};

/** The page beside the grid: the pane, or with `?probe` the probe of docs/excel-proof.md, to see how it goes. */
function pageBeside(search: string): string {
  return new URLSearchParams(search).has("probe") ? "probe.html" : "taskpane.html";
}

/** Where the work is done: the ribbon's commands and the rows', the sheet in front, and the pane beside it. */
export function Workplace({
  bench,
  say,
  language,
}: {
  readonly bench: Bench;
  readonly say: Say;
  readonly language: Language;
}): ReactNode {
  useSyncExternalStore(bench.subscribe, () => bench.version);
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const link = useRef<FrameLink>(undefined);
  useEffect(() => {
    if (!place.current) return;
    const opened = openPane({
      host: bench.host,
      place: place.current,
      // The clock may be fixed for trying things out, as in the pane itself.
      src: `${pageBeside(location.search)}${location.search}`,
      title: say("pane"),
      language: language === "zh" ? "zh-CN" : "en-US",
      answered: bench.answered,
    });
    link.current = opened;
    return () => {
      opened.close();
    };
  }, [bench, language, say]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (bench.hasChanges) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
    };
  }, [bench]);
  const filtered = bench.filteredRows();
  const rowTools: readonly (readonly [string, ReactElement, () => void])[] = [
    [
      say("row.insert"),
      <TableInsertRowRegular />,
      () => {
        bench.insertRow();
      },
    ],
    [
      say("row.append"),
      <AddRegular />,
      () => {
        bench.appendRow();
      },
    ],
    [
      say("row.delete"),
      <TableDeleteRowRegular />,
      () => {
        bench.deleteRow();
      },
    ],
    [
      say("sort.up"),
      <TextSortAscendingRegular />,
      () => {
        bench.sort(true);
      },
    ],
    [
      say("sort.down"),
      <TextSortDescendingRegular />,
      () => {
        bench.sort(false);
      },
    ],
    [
      say("filter"),
      <FilterRegular />,
      () => {
        bench.filterBySelected();
      },
    ],
    [
      say("filter.clear"),
      <FilterDismissRegular />,
      () => {
        bench.clearFilters();
      },
    ],
  ];
  return (
    <>
      <section className={styles.bar} aria-label={say("tools")}>
        <Toolbar aria-label={say("ribbon")} size="small" className={styles.group}>
          {ACTION_IDS.map((id) => {
            const Icon = COMMAND_ICONS[id];
            return (
              <ToolbarButton
                key={id}
                appearance={id === "process" ? "primary" : "subtle"}
                icon={<Icon />}
                onClick={() => link.current?.run(id)}
              >
                {say(`command.${id}`)}
              </ToolbarButton>
            );
          })}
          <ToolbarDivider />
        </Toolbar>
        <Toolbar aria-label={say("rows")} size="small" className={styles.group}>
          {rowTools.map(([label, icon, act]) => (
            <ToolbarButton key={label} icon={icon} onClick={act}>
              {label}
            </ToolbarButton>
          ))}
        </Toolbar>
        {filtered > 0 && <span>{say("hidden-rows", { count: filtered })}</span>}
      </section>
      <div className={styles.body}>
        <main className={styles.sheet}>
          <CellBar bench={bench} say={say} />
          <Grid bench={bench} say={say} />
          <TabList
            aria-label={say("sheets")}
            size="small"
            className={styles.tabs}
            selectedValue={bench.sheet.id}
            onTabSelect={(_, { value }) => {
              bench.showSheet(String(value));
            }}
          >
            {bench.model.sheets
              .filter(({ visibility }) => visibility === "Visible")
              .map(({ id, name }) => (
                <Tab key={id} value={id}>
                  {name}
                </Tab>
              ))}
          </TabList>
        </main>
        <aside ref={place} className={`${styles.pane} bench-pane`} aria-label={say("pane")} />
      </div>
    </>
  );
}

/** The selected cell's address and content, which can be edited here too. */
function CellBar({ bench, say }: { readonly bench: Bench; readonly say: Say }): ReactNode {
  const styles = useStyles();
  const selected = bench.selected;
  const address = addressOf(selected);
  const entry = bench.entry(selected);
  const [typed, setTyped] = useState<{ readonly address: string; readonly text: string }>();
  const text = typed?.address === address ? typed.text : entry;
  const commit = (): void => {
    if (typed?.address === address) bench.type(selected, typed.text);
    setTyped(undefined);
  };
  return (
    <div className={styles.cell}>
      <Input className={styles.address} size="small" readOnly value={address} aria-label={say("cell")} />
      <Input
        className={styles.content}
        size="small"
        value={text}
        aria-label={say("content")}
        onChange={(_, { value }) => {
          setTyped({ address, text: value });
        }}
        onBlur={commit}
        onKeyDown={({ key }) => {
          if (key === "Enter") commit();
          if (key === "Escape") setTyped(undefined);
        }}
      />
    </div>
  );
}
