import { excelRun } from "../../ledger/excel/run.js";
import { codeOf, enterRaw, part, same, type Scenario, type Seen } from "../scenario.js";

/** Protection, failing requests, what is selected, parts of the workbook, charts. */

const PART = (length: number): string => `<p xmlns="urn:tiaoli:probe">${"x".repeat(length)}</p>`;

async function keptPart(context: Excel.RequestContext, length: number): Promise<Seen> {
  const code = await codeOf(async () => {
    context.workbook.customXmlParts.add(PART(length));
    await context.sync();
  });
  const parts = context.workbook.customXmlParts.getByNamespace("urn:tiaoli:probe").load("items/id");
  await context.sync();
  const texts = parts.items.map((one) => one.getXml());
  await context.sync();
  for (const one of parts.items) one.delete();
  await context.sync();
  return { code, lengths: texts.map(({ value }) => value.length - PART(0).length) };
}

export const HOST: readonly Scenario[] = [
  {
    id: "locked-cell",
    zh: "受保护的工作表拒绝写入，说得出原因",
    en: "a protected sheet refuses a write, and says why",
    run: async ({ context, sheet }) => {
      sheet.protection.protect();
      sheet.protection.load("protected");
      await context.sync();
      const code = await codeOf(async () => {
        enterRaw(sheet.getRange("A1"), [["文字"]]);
        await context.sync();
      });
      sheet.protection.unprotect();
      await context.sync();
      return { protected: sheet.protection.protected, code };
    },
    holds: same({ protected: true, code: "AccessDenied" }),
  },
  {
    id: "unlocked-cell",
    zh: "受保护的工作表上，没锁定的单元格写得进去，也问得出哪些锁定",
    en: "an unlocked cell of a protected sheet takes a value, and which are locked can be told",
    run: async ({ context, sheet }) => {
      sheet.getRange("A1").format.protection.locked = false;
      sheet.protection.protect();
      await context.sync();
      const cell = sheet.getRange("A1").load("format/protection/locked");
      const both = sheet.getRange("A1:B1").load("format/protection/locked");
      const code = await codeOf(async () => {
        enterRaw(sheet.getRange("A1"), [["文字"]]);
        await context.sync();
      });
      sheet.protection.unprotect();
      await context.sync();
      const locked = (range: Excel.Range): Seen => range.format.protection.locked;
      return code === null ? { code, cell: locked(cell), both: locked(both) } : { code };
    },
    holds: same({ code: null, cell: false, both: null }),
  },
  {
    id: "special-cells-protected",
    zh: "受保护的工作表上能不能查公式",
    en: "whether formulas of a protected sheet may be asked for",
    run: async ({ context, sheet }) => {
      enterRaw(sheet.getRange("A1"), [["=1+1"]]);
      sheet.protection.protect();
      await context.sync();
      const code = await codeOf(async () => {
        sheet.getRange("A1:B2").getSpecialCellsOrNullObject("Formulas").load("address");
        await context.sync();
      });
      sheet.protection.unprotect();
      await context.sync();
      return code;
    },
  },
  {
    id: "failing-request",
    zh: "请求中途出错：错误说得出来；前面写的还在不在，记下来",
    en: "a request that fails half-way says why; whether what came before it stays is noted",
    run: async ({ context, sheet }) => {
      const code = await codeOf(async () => {
        enterRaw(sheet.getRange("A1"), [["前面写的"]]);
        context.workbook.worksheets.getItem("没有这张表").load("name");
        await context.sync();
      });
      const cell = sheet.getRange("A1").load("values");
      await context.sync();
      return { code, stays: (cell.values as Seen[][])[0]![0] === "前面写的" };
    },
    holds: (seen) => part(seen, "code") === "ItemNotFound",
  },
  {
    id: "two-megabytes",
    zh: "约 1.5 MB 的一次写入能通过",
    en: "a write of about 1.5 MB goes through",
    run: async ({ context, sheet }) => {
      const line = Array.from({ length: 10 }, (_, j) => `客户反映沙发面料起球要求更换${j}`);
      for (let top = 0; top < 2_500; top += 150) {
        const rows = Math.min(150, 2_500 - top);
        enterRaw(
          sheet.getRangeByIndexes(top, 0, rows, 10),
          Array.from({ length: rows }, () => line),
        );
      }
      const last = sheet.getRange("J2500").load("values");
      await context.sync();
      return (last.values as Seen[][])[0]![0]!;
    },
    holds: same("客户反映沙发面料起球要求更换9"),
  },
  {
    id: "grouped-undo",
    zh: "把一次写入合成一步撤销",
    en: "a write can be grouped as one step to undo",
    needs: "1.20",
    run: async ({ sheetName }) => {
      const options = { mergeUndoGroup: true, delayForCellEdit: true } as Excel.RunOptions;
      return codeOf(() =>
        Excel.run(options, async (context) => {
          const sheet = context.workbook.worksheets.getItem(sheetName);
          enterRaw(sheet.getRange("A1"), [["甲"]]);
          await context.sync();
          enterRaw(sheet.getRange("A2"), [["乙"]]);
          await context.sync();
        }),
      );
    },
    holds: same(null),
  },
  {
    id: "write-as-the-program-does",
    zh: "按程序自己的方式写入（能合成一步就合，不能就分步）",
    en: "a write as the program makes it: grouped where that is possible, else not",
    run: async ({ sheetName }) => {
      const supports = (version: string): boolean => Office.context.requirements.isSetSupported("ExcelApi", version);
      const run = excelRun(Excel, supports);
      return run(
        async (context) => {
          const sheet = context.workbook.worksheets.getItem(sheetName);
          enterRaw(sheet.getRange("A1"), [["甲"]]);
          const cell = sheet.getRange("A1").load("values");
          await context.sync();
          return (cell.values as Seen[][])[0]![0]!;
        },
        { writes: true },
      );
    },
    holds: same("甲"),
  },
  {
    id: "active-cell",
    zh: "问得出当前单元格",
    en: "the active cell can be told",
    run: async ({ context, sheet }) => {
      sheet.activate();
      sheet.getRange("B3").select();
      await context.sync();
      const cell = context.workbook.getActiveCell().load("rowIndex,columnIndex");
      await context.sync();
      return [cell.rowIndex, cell.columnIndex];
    },
    holds: same([2, 1]),
  },
  {
    id: "xml-part",
    zh: "工作簿里存一段 200 KB 的自定义 XML",
    en: "the workbook keeps a custom XML part of 200 KB",
    run: ({ context }) => keptPart(context, 200_000),
    holds: same({ code: null, lengths: [200_000] }),
  },
  {
    id: "large-xml-part",
    zh: "1.2 MB 的自定义 XML 存得下吗",
    en: "whether it keeps one of 1.2 MB",
    run: ({ context }) => keptPart(context, 1_200_000),
  },
  {
    id: "change-events",
    zh: "单元格改动有通知，分得出是不是自己写的",
    en: "changes are told, and by whom",
    run: async ({ context, sheet }) => {
      let heard: (seen: Seen) => void = () => undefined;
      const told = new Promise<Seen>((resolve) => {
        heard = resolve;
      });
      const handler = sheet.onChanged.add(({ address, source, triggerSource }) => {
        heard({ address, source, trigger: triggerSource ?? null });
        return Promise.resolve();
      });
      await context.sync();
      enterRaw(sheet.getRange("A1"), [["文字"]]);
      await context.sync();
      const late = new Promise<Seen>((resolve) => {
        setTimeout(() => {
          resolve(null);
        }, PATIENCE);
      });
      const seen = await Promise.race([told, late]);
      handler.remove();
      await context.sync();
      return seen;
    },
    holds: (seen) => part(seen, "address") === "A1" && part(seen, "source") === "Local",
  },
  {
    id: "chart",
    zh: "画一张图表，起名字，定位置",
    en: "a chart is drawn, named and placed",
    run: async ({ context, sheet }) => {
      enterRaw(sheet.getRange("A1:B3"), [
        ["月份", "件数"],
        ["一月", 3],
        ["二月", 5],
      ]);
      const chart = sheet.charts.add("ColumnClustered", sheet.getRange("A1:B3"), "Columns");
      chart.name = "probe";
      chart.title.text = "件数";
      chart.setPosition("D1", "H10");
      sheet.charts.load("items/name");
      await context.sync();
      return sheet.charts.items.map(({ name }) => name);
    },
    holds: same(["probe"]),
  },
  {
    id: "pivot-table",
    zh: "在表格上建数据透视表",
    en: "a PivotTable is made on a table",
    run: async ({ context, sheet, tableName }) => {
      enterRaw(sheet.getRange("A1:B3"), [
        ["类别", "编号"],
        ["甲", "C1"],
        ["乙", "C2"],
      ]);
      const table = sheet.tables.add("A1:B3", true);
      table.name = tableName;
      await context.sync();
      const pivot = sheet.pivotTables.add(`${tableName}_pivot`, table, sheet.getRange("E1"));
      pivot.rowHierarchies.add(pivot.hierarchies.getItem("类别"));
      const data = pivot.dataHierarchies.add(pivot.hierarchies.getItem("编号"));
      data.summarizeBy = "Count";
      sheet.pivotTables.load("items/name");
      await context.sync();
      return sheet.pivotTables.items.length;
    },
    holds: same(1),
  },
  {
    id: "hidden-name",
    zh: "工作表上定义一个隐藏的名称",
    en: "a hidden name is defined on a sheet",
    run: async ({ context, sheet }) => {
      sheet.names.add("Tiaoli_Probe", '="2026-03"').visible = false;
      const name = sheet.names.getItemOrNullObject("Tiaoli_Probe").load("name,visible");
      await context.sync();
      return [name.isNullObject, name.visible];
    },
    holds: same([false, false]),
  },
  {
    id: "frozen-and-wide",
    zh: "冻结首行，设列宽和字体",
    en: "a row is frozen, widths and fonts are set",
    run: async ({ context, sheet }) => {
      sheet.freezePanes.freezeRows(1);
      const range = sheet.getRange("A1:B1");
      range.format.columnWidth = 110;
      range.format.font.bold = true;
      range.load("format/font/bold");
      await context.sync();
      return range.format.font.bold;
    },
    holds: same(true),
  },
];

/** How long an event may take. */
const PATIENCE = 5_000;
