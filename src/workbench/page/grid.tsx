import { useEffect, useMemo, useRef, useSyncExternalStore, type ClipboardEvent, type ReactNode } from "react";
import DataGrid, {
  type CellKeyboardEvent,
  type CellKeyDownArgs,
  type Column,
  type DataGridHandle,
  type RenderEditCellProps,
} from "react-data-grid";
import { columnLetters } from "../host/address.js";
import type { Bench, Place } from "./bench.js";
import type { Say } from "./texts.js";

/** A row of the grid; made anew with every change of the workbook, so that the grid draws it again. */
interface GridRow {
  readonly row: number;
  readonly version: number;
  /** What is being typed into one of its cells. */
  readonly entry?: string;
}

const ROW_NUMBER = "row";
const STATUS_HEADER = "当前状态";
const PIXELS_A_POINT = 4 / 3;
const WIDTH = { usual: 96, least: 40, most: 280, rowNumber: 52 } as const;

const STATUS_CLASSES: Readonly<Record<string, string>> = {
  已逾期: "bench-late",
  逾期结案: "bench-late",
  回访逾期: "bench-late",
  即将到期: "bench-soon",
  待回访: "bench-soon",
  数据有误: "bench-faulty",
  已结案: "bench-done",
  不成立: "bench-off",
  暂缓关闭: "bench-off",
};

/** The sheet in front, as a grid: values are shown, typed, pasted and cleared; everything else is for the toolbar. */
export function Grid({ bench, say }: { readonly bench: Bench; readonly say: Say }): ReactNode {
  const version = useSyncExternalStore(bench.subscribe, () => bench.version);
  const handle = useRef<DataGridHandle>(null);
  const { sheet } = bench;
  const rows = useMemo(() => bench.shownRows().map((row): GridRow => ({ row, version })), [bench, version]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the workbook changes in place; its version says that it has
  const columns = useMemo(() => gridColumns(bench, say), [bench, say, version]);
  useFollowedSelection(bench, handle, rows, columns);

  const typed = (changed: readonly GridRow[], index: number | undefined, key: string): void => {
    const row = index === undefined ? undefined : changed[index];
    if (row?.entry === undefined) return;
    bench.type({ row: row.row, column: Number(key) }, row.entry);
  };
  const clear = (args: CellKeyDownArgs<GridRow>, event: CellKeyboardEvent): void => {
    if (args.mode !== "SELECT" || args.column.key === ROW_NUMBER) return;
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventGridDefault();
    bench.type({ row: args.row.row, column: Number(args.column.key) }, "");
  };
  const copy = (event: ClipboardEvent): void => {
    if (isEditing(event)) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", bench.text(bench.selected));
  };
  const paste = (event: ClipboardEvent): void => {
    if (isEditing(event)) return;
    event.preventDefault();
    const lines = event.clipboardData
      .getData("text/plain")
      .replace(/\r?\n$/, "")
      .split(/\r?\n/);
    bench.typeBlock(
      bench.selected,
      lines.map((line) => line.split("\t")),
    );
  };
  return (
    <div className="bench-grid" onCopy={copy} onPaste={paste}>
      <DataGrid
        key={sheet.id}
        ref={handle}
        aria-label={say("grid", { sheet: sheet.name })}
        columns={columns}
        rows={rows}
        rowKeyGetter={({ row }) => row}
        rowHeight={26}
        headerRowHeight={40}
        rowClass={({ row }) => rowClass(bench, row)}
        onRowsChange={(changed, { indexes, column }) => {
          typed(changed, indexes[0], column.key);
        }}
        onSelectedCellChange={({ row, column }) => {
          // The grid also tells of header cells, which have no row.
          if (row !== undefined && column.key !== ROW_NUMBER)
            bench.select({ row: row.row, column: Number(column.key) });
        }}
        onCellKeyDown={clear}
      />
    </div>
  );
}

function gridColumns(bench: Bench, say: Say): Column<GridRow>[] {
  const numbers: Column<GridRow> = {
    key: ROW_NUMBER,
    name: say("row-number"),
    width: WIDTH.rowNumber,
    frozen: true,
    cellClass: "bench-row-number",
    headerCellClass: "bench-row-number",
    renderCell: ({ row }) => row.row + 1,
  };
  return [
    numbers,
    ...bench.shownColumns().map((column): Column<GridRow> => {
      const letters = columnLetters(column);
      const header = bench.headerOf(column);
      return {
        key: String(column),
        name: `${letters} ${header}`.trim(),
        width: columnWidth(bench, column),
        resizable: true,
        renderHeaderCell: () => (
          <span className="bench-header">
            <span>{letters}</span>
            <span className="bench-header-text">{header}</span>
          </span>
        ),
        cellClass: ({ row }) => cellClass(bench, { row, column }, header),
        renderCell: ({ row }) => bench.text({ row: row.row, column }),
        renderEditCell: (props) => (
          <CellEditor
            {...props}
            bench={bench}
            label={`${letters}${props.row.row + 1}`}
            first={bench.entry({ row: props.row.row, column })}
          />
        ),
      };
    }),
  ];
}

function CellEditor({
  bench,
  row,
  label,
  first,
  onRowChange,
  onClose,
}: RenderEditCellProps<GridRow> & {
  readonly bench: Bench;
  readonly label: string;
  readonly first: string;
}): ReactNode {
  useEffect(() => {
    bench.beginEdit();
    return () => {
      bench.endEdit();
    };
  }, [bench]);
  return (
    <input
      className="bench-editor"
      aria-label={label}
      autoFocus
      defaultValue={first}
      onFocus={({ target }) => {
        target.select();
      }}
      onChange={({ target }) => {
        onRowChange({ ...row, entry: target.value });
      }}
      onBlur={() => {
        onClose(true, false);
      }}
    />
  );
}

/** When the add-in shows or selects cells, or another sheet is opened, the grid goes there. */
function useFollowedSelection(
  bench: Bench,
  handle: { readonly current: DataGridHandle | null },
  rows: readonly GridRow[],
  columns: readonly Column<GridRow>[],
): void {
  const { row, column } = bench.selected;
  const sheetId = bench.sheet.id;
  // Rows and columns are looked up, not waited for: they change with every keystroke.
  const drawn = useRef({ rows, columns });
  drawn.current = { rows, columns };
  useEffect(() => {
    const rowIdx = drawn.current.rows.findIndex((candidate) => candidate.row === row);
    const idx = drawn.current.columns.findIndex(({ key }) => key === String(column));
    if (rowIdx < 0 || idx < 0) return;
    const focused = document.activeElement;
    // A grid that has just been made knows its cells only after it has been drawn.
    const frame = requestAnimationFrame(() => {
      handle.current?.selectCell({ rowIdx, idx });
      // Selecting takes the focus into the grid; whoever is at work elsewhere stays there.
      const grid = handle.current?.element;
      if (focused instanceof HTMLElement && focused !== document.body && !grid?.contains(focused)) {
        setTimeout(() => {
          focused.focus();
        });
      }
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [handle, sheetId, row, column]);
}

function rowClass(bench: Bench, row: number): string | undefined {
  const table = bench.sheet.tables.find(({ area }) => row >= area.row && row < area.row + area.rows);
  if (!table) return undefined;
  if (table.showHeaders && row === table.area.row) return "bench-table-header";
  return (row - table.area.row) % 2 === 1 ? "bench-band" : undefined;
}

function cellClass(bench: Bench, place: Place, header: string): string | undefined {
  if (header === STATUS_HEADER) return STATUS_CLASSES[bench.text(place)];
  return bench.isNumber(place) ? "bench-number" : undefined;
}

function columnWidth(bench: Bench, column: number): number {
  const points = bench.sheet.columns[column]?.width;
  if (points === undefined) return WIDTH.usual;
  return Math.round(Math.min(WIDTH.most, Math.max(WIDTH.least, points * PIXELS_A_POINT)));
}

function isEditing({ target }: ClipboardEvent): boolean {
  return target instanceof HTMLInputElement;
}
