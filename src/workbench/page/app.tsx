import {
  Button,
  FluentProvider,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Tab,
  TabList,
  tokens,
  Toolbar,
  ToolbarButton,
  ToolbarDivider,
} from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { DataBarVerticalRegular } from "@fluentui/react-icons/svg/data-bar-vertical";
import { FilterRegular } from "@fluentui/react-icons/svg/filter";
import { FilterDismissRegular } from "@fluentui/react-icons/svg/filter-dismiss";
import { FolderOpenRegular } from "@fluentui/react-icons/svg/folder-open";
import { LocalLanguageRegular } from "@fluentui/react-icons/svg/local-language";
import { MoneyRegular } from "@fluentui/react-icons/svg/money";
import { PanelRightRegular } from "@fluentui/react-icons/svg/panel-right";
import { PlayCircleRegular } from "@fluentui/react-icons/svg/play-circle";
import { TableDeleteRowRegular } from "@fluentui/react-icons/svg/table-delete-row";
import { TableInsertRowRegular } from "@fluentui/react-icons/svg/table-insert-row";
import { TableRegular } from "@fluentui/react-icons/svg/table";
import { TextSortAscendingRegular } from "@fluentui/react-icons/svg/text-sort-ascending";
import { TextSortDescendingRegular } from "@fluentui/react-icons/svg/text-sort-descending";
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ComponentType,
  type ReactElement,
  type ReactNode,
} from "react";
import { ACTION_IDS, type ActionId } from "../../taskpane/action-ids.js";
import type { Language } from "../../locales/language.js";
import { workbookErrorText } from "../../ledger/file/workbook-error-text.js";
import { DEFAULT_PREFERENCES } from "../../taskpane/state/preferences.js";
import { useTheme } from "../../taskpane/ui/theme.js";
import { addressOf, Bench } from "./bench.js";
import { openPane, type FrameLink } from "./frame-link.js";
import { Grid } from "./grid.js";
import { sayIn, type Say } from "./texts.js";

const SAMPLE = { url: "templates/sample-ledger.xlsx", name: "sample-ledger.xlsx" } as const;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", height: "100vh" },
  bar: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "4px",
    padding: "4px 8px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { fontSize: "16px", lineHeight: "22px", fontWeight: 600, margin: "0 8px 0 4px" },
  group: { padding: "0" },
  grow: { flexGrow: 1 },
  line: { flexShrink: 0 },
  body: { display: "flex", flexGrow: 1, minHeight: 0 },
  sheet: { display: "flex", flexDirection: "column", flexGrow: 1, minWidth: 0 },
  cell: { display: "flex", alignItems: "center", gap: "8px", padding: "4px 8px" },
  address: { width: "64px", fontVariantNumeric: "tabular-nums", textAlign: "center" },
  content: { flexGrow: 1 },
  tabs: { flexShrink: 0, overflowX: "auto", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  pane: { flexShrink: 0, width: "min(400px, 45vw)", borderLeft: `1px solid ${tokens.colorNeutralStroke1}` },
  hidden: { display: "none" },
});

interface Notice {
  readonly intent: "info" | "success" | "warning" | "error";
  readonly texts: readonly string[];
}

/** The page: a bar with files, the ribbon's commands and rows; the grid with its sheets; the pane beside it. */
export function App({ language: first }: { readonly language: Language }): ReactNode {
  const [language, setLanguage] = useState(first);
  const [bench, setBench] = useState<Bench>();
  const [notice, setNotice] = useState<Notice>();
  const styles = useStyles();
  const theme = useTheme(DEFAULT_PREFERENCES, undefined);
  const say = useMemo(() => sayIn(language), [language]);
  const sayNow = useRef(say);
  sayNow.current = say;

  const open = (bytes: Uint8Array, name: string): void => {
    try {
      setBench(
        new Bench(bytes, name, (refusal, code) => {
          const reason = sayNow.current(`refused.${refusal}`, { code });
          setNotice({ intent: "warning", texts: [sayNow.current("refused", { reason })] });
        }),
      );
      setNotice({ intent: "info", texts: [say("opened", { name })] });
    } catch (error) {
      setNotice({ intent: "error", texts: [say("opened.failed", { name, reason: reasonOf(error, language, say) })] });
    }
  };
  const openSample = async (): Promise<void> => {
    const response = await fetch(SAMPLE.url);
    if (response.ok) open(new Uint8Array(await response.arrayBuffer()), SAMPLE.name);
    else
      setNotice({
        intent: "error",
        texts: [say("opened.failed", { name: SAMPLE.name, reason: String(response.status) })],
      });
  };
  // Once: the sample is what the page begins with.
  const begin = useRef(openSample);
  useEffect(() => {
    void begin.current();
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = say("title");
  }, [language, say]);
  const save = (): void => {
    if (!bench) return;
    try {
      const { bytes, changedCells, pages, unsaved } = bench.save(language);
      download(bytes, bench.name);
      const done = changedCells + pages.length > 0 ? "saved" : "saved.nothing";
      const withCharts =
        pages.length > 0 ? [say("saved.pages", { sheets: pages.join(language === "zh" ? "、" : ", ") })] : [];
      const left = unsaved.map((part) => say(`unsaved.${part}`));
      setNotice({
        intent: left.length > 0 ? "warning" : "success",
        texts: [say(done, { name: bench.name, count: changedCells }), ...withCharts, ...left],
      });
    } catch (error) {
      setNotice({ intent: "error", texts: [say("saved.failed", { reason: reasonOf(error, language, say) })] });
    }
  };
  return (
    <FluentProvider theme={theme} className={styles.root}>
      <header className={styles.line}>
        <div className={styles.bar}>
          <h1 className={styles.title}>{say("title")}</h1>
          <FileTools say={say} open={open} openSample={openSample} save={save} />
          <span className={styles.grow} />
          <Button
            appearance="subtle"
            icon={<LocalLanguageRegular />}
            lang={language === "zh" ? "en" : "zh-CN"}
            onClick={() => {
              setLanguage(language === "zh" ? "en" : "zh");
            }}
          >
            {say("language")}
          </Button>
        </div>
        <MessageBar intent="warning" className={styles.line} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say("not-excel")}</MessageBarTitle> {say("not-excel.more")}
          </MessageBarBody>
        </MessageBar>
        <div aria-live="polite" className={styles.line}>
          {notice && (
            <MessageBar intent={notice.intent}>
              <MessageBarBody>{notice.texts.join(" ")}</MessageBarBody>
            </MessageBar>
          )}
        </div>
      </header>
      {bench && <Workplace key={language} bench={bench} say={say} language={language} />}
    </FluentProvider>
  );
}

function FileTools({
  say,
  open,
  openSample,
  save,
}: {
  readonly say: Say;
  readonly open: (bytes: Uint8Array, name: string) => void;
  readonly openSample: () => Promise<void>;
  readonly save: () => void;
}): ReactNode {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const chosen = async (file: File | undefined): Promise<void> => {
    if (file) open(new Uint8Array(await file.arrayBuffer()), file.name);
  };
  return (
    <Toolbar aria-label={say("files")} size="small" className={styles.group}>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.xlsm"
        aria-label={say("open")}
        className={styles.hidden}
        onChange={({ target }) => {
          void chosen(target.files?.[0]);
          target.value = "";
        }}
      />
      <ToolbarButton icon={<FolderOpenRegular />} onClick={() => input.current?.click()}>
        {say("open")}
      </ToolbarButton>
      <ToolbarButton icon={<ArrowDownloadRegular />} onClick={save}>
        {say("save")}
      </ToolbarButton>
      <ToolbarButton icon={<TableRegular />} onClick={() => void openSample()}>
        {say("sample")}
      </ToolbarButton>
    </Toolbar>
  );
}

const COMMAND_ICONS: Readonly<Record<ActionId, ComponentType>> = {
  process: PlayCircleRegular,
  monthlyReport: DataBarVerticalRegular,
  deductionNotices: MoneyRegular,
  showPane: PanelRightRegular,
};

function Workplace({
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
      src: `taskpane.html${location.search}`,
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

function reasonOf(error: unknown, language: Language, say: Say): string {
  const known = workbookErrorText(error, language);
  if (known !== undefined) return known;
  return say("unexpected", { detail: error instanceof Error ? error.message : String(error) });
}

function download(bytes: Uint8Array, name: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: XLSX }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
