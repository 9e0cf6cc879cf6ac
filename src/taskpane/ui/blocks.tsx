import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { Block, BlockValue, Figure, TableBlock, TableChart } from "../../documents/reports/blocks.js";
import { BarChart } from "./bar-chart.js";
import { blockText } from "./block-text.js";
import { Action, Hint, Section } from "./parts.js";
import { figureName } from "../../documents/reports/rows-behind.js";
import { useTexts } from "./pane-context.js";
import { RowsBehindFigure, type ShownFigure } from "./rows-behind.js";

const useStyles = makeStyles({
  figures: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(92px, 1fr))",
    gap: tokens.spacingHorizontalS,
    margin: "0",
  },
  figure: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingHorizontalS,
    "& dt": { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
    "& dd": {
      margin: "0",
      fontSize: tokens.fontSizeBase400,
      fontWeight: tokens.fontWeightSemibold,
      fontVariantNumeric: "tabular-nums",
    },
  },
  wrap: {
    overflowX: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  table: {
    borderCollapse: "collapse",
    width: "100%",
    fontSize: tokens.fontSizeBase200,
    "& td, & th": {
      padding: "4px",
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
      verticalAlign: "top",
    },
    "& tr:last-child td, & tr:last-child th": { borderBottom: "none" },
    // Whose row it is stays in sight when a wide table is scrolled.
    "& tr > :first-child": {
      position: "sticky",
      left: "0",
      backgroundColor: tokens.colorNeutralBackground1,
    },
    "& thead tr > th, & thead tr > th:first-child": {
      whiteSpace: "nowrap",
      color: tokens.colorNeutralForeground2,
      fontWeight: tokens.fontWeightRegular,
      backgroundColor: tokens.colorNeutralBackground3,
    },
  },
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap", textAlign: "end" },
  text: { textAlign: "start", minWidth: "4em", overflowWrap: "break-word" },
  total: { fontWeight: tokens.fontWeightSemibold },
  chart: { marginBottom: tokens.spacingVerticalS },
});

/** What a report says, drawn for a narrow pane: the same blocks that are printed on paper. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }): ReactNode {
  return blocks.map((block, i) => <BlockView key={i} block={block} />);
}

function BlockView({ block }: { readonly block: Block }): ReactNode {
  switch (block.kind) {
    case "figures":
      return <Figures title={block.title} figures={block.figures} />;
    case "table":
      return <TableSection table={block} />;
    case "pair":
      return (
        <>
          <TableSection table={block.left} />
          <TableSection table={block.right} />
        </>
      );
    case "charted":
      return <TableSection table={block.table} chart={block.chart} />;
    case "notes":
      return (
        <Section title={block.title}>
          {block.lines.map((line) => (
            <Hint key={line}>{line}</Hint>
          ))}
        </Section>
      );
    case "signatures":
      return null;
  }
}

function Figures({ title, figures }: { readonly title: string; readonly figures: readonly Figure[] }): ReactNode {
  const styles = useStyles();
  const [shown, setShown] = useState<ShownFigure>();
  return (
    <Section title={title}>
      <dl className={styles.figures}>
        {figures.map(({ label, value, format, behind }) => (
          <div key={label} className={styles.figure}>
            <dt>{label}</dt>
            <dd>
              <FigureText
                text={blockText(value, format)}
                figure={value === undefined ? undefined : figureOf(label, behind)}
                onShow={setShown}
              />
            </dd>
          </div>
        ))}
      </dl>
      <ShownRows shown={shown} onClose={setShown} />
    </Section>
  );
}

function figureOf(name: string, rows: ShownFigure["rows"] | undefined): ShownFigure | undefined {
  return rows === undefined || rows.length === 0 ? undefined : { name, rows };
}

/** A figure; one that was counted from rows can be pressed to see them. */
function FigureText(props: {
  readonly text: string;
  readonly figure: ShownFigure | undefined;
  readonly onShow: (figure: ShownFigure) => void;
}): ReactNode {
  const { say } = useTexts();
  const { text, figure, onShow } = props;
  if (!figure) return text;
  return (
    <Action
      // Who speaks what stands there must hit it, so the name begins with it.
      label={say("reports.figure-show", { value: text, figure: figure.name })}
      onClick={() => {
        onShow(figure);
      }}
    >
      {text}
    </Action>
  );
}

function ShownRows(props: {
  readonly shown: ShownFigure | undefined;
  readonly onClose: (nothing: undefined) => void;
}): ReactNode {
  const { shown, onClose } = props;
  if (!shown) return null;
  return (
    <RowsBehindFigure
      figure={shown}
      onClose={() => {
        onClose(undefined);
      }}
    />
  );
}

function TableSection({ table, chart }: { readonly table: TableBlock; readonly chart?: TableChart }): ReactNode {
  const styles = useStyles();
  const [shown, setShown] = useState<ShownFigure>();
  if (table.rows.length === 0) {
    return (
      <Section title={table.title}>
        <Hint>{table.empty}</Hint>
      </Section>
    );
  }
  return (
    <Section title={table.title}>
      {chart && (
        <div className={styles.chart}>
          <ChartOf table={table} chart={chart} />
        </div>
      )}
      <div className={styles.wrap} tabIndex={0} role="group" aria-label={table.title}>
        <TableView table={table} onShow={setShown} />
      </div>
      <ShownRows shown={shown} onClose={setShown} />
      {table.note !== undefined && <Hint>{table.note}</Hint>}
    </Section>
  );
}

export function TableView(props: {
  readonly table: Pick<TableBlock, "columns" | "rows" | "total"> & Partial<Pick<TableBlock, "behind" | "title">>;
  readonly onShow?: (figure: ShownFigure) => void;
}): ReactNode {
  const styles = useStyles();
  const { table, onShow } = props;
  const { columns, rows, total } = table;
  const leads = (line: readonly BlockValue[], r: number, c: number): ShownFigure | undefined =>
    onShow && line[c] !== undefined
      ? figureOf(figureName(table.title ?? "", line[0], columns[c]!.header), table.behind?.[r]?.[c])
      : undefined;
  const cell = (format: string): string => (format === "text" ? styles.text : styles.number);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map(({ header, format }, i) => (
            <th key={`${header}${i}`} scope="col" className={cell(format)}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...rows, ...(total ? [total] : [])].map((line, r) => (
          <tr key={r} className={r === rows.length ? styles.total : undefined}>
            {columns.map(({ format }, c) => (
              <td key={c} className={mergeClasses(cell(format))}>
                {onShow ? (
                  <FigureText text={blockText(line[c], format)} figure={leads(line, r, c)} onShow={onShow} />
                ) : (
                  blockText(line[c], format)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ChartOf({ table, chart }: { readonly table: TableBlock; readonly chart: TableChart }): ReactNode {
  const labels = table.columns[chart.labels]!.format;
  return (
    <BarChart
      title={chart.title}
      series={chart.series.map(({ column }) => table.columns[column]!.header)}
      bars={table.rows.slice(0, chart.rows).map((line) => ({
        label: blockText(line[chart.labels], labels),
        values: chart.series.map(({ column }) => Number(line[column] ?? 0)),
      }))}
      upright={chart.kind === "columns"}
    />
  );
}
