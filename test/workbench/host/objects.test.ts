import { describe, expect, it } from "vitest";
import { connect } from "../../support/office-client.js";
import { orders } from "./orders.js";

describe("objects of the workbook", () => {
  it("keeps settings, XML parts, names and properties", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const { workbook } = context;
      workbook.settings.add("mapping", { 日期: "receivedAt", list: [1, 2] });
      const part = workbook.customXmlParts
        .add('<?xml version="1.0"?><t:map xmlns:t="urn:tiaoli"><t:a/></t:map>')
        .load("id");
      workbook.names.add("Total", workbook.worksheets.getItem("Data").getRange("A1:D3"));
      workbook.properties.title = "台账";
      workbook.properties.custom.add("run", 3);
      await context.sync();
      const setting = workbook.settings.getItemOrNullObject("mapping").load("value");
      const found = workbook.customXmlParts
        .getByNamespace("urn:tiaoli")
        .getOnlyItemOrNullObject()
        .load("id,namespaceUri");
      const xml = found.getXml();
      const name = workbook.names.getItem("Total").load("formula,type");
      const range = name.getRange().load("address");
      const custom = workbook.properties.custom.getItem("run").load("value");
      await context.sync();
      expect(setting.value).toEqual({ 日期: "receivedAt", list: [1, 2] });
      expect([found.id, found.namespaceUri]).toEqual([part.id, "urn:tiaoli"]);
      expect(xml.value).toContain("<t:a/>");
      expect([name.formula, name.type, range.address]).toEqual(["=Data!$A$1:$D$3", "Range", "Data!A1:D3"]);
      expect(custom.value).toBe(3);
      found.delete();
      setting.delete();
      name.delete();
      await context.sync();
    });
    expect([host.model.settings, host.model.xmlParts, host.model.names]).toEqual([[], [], []]);
    expect(host.model.properties).toEqual({ standard: { title: "台账" }, custom: { run: 3 } });
  });

  it("adds, hides, orders, freezes and deletes sheets", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const sheets = context.workbook.worksheets;
      const sheet = sheets.add("月报 2026-03");
      sheet.freezePanes.freezeRows(1);
      sheet.showGridlines = false;
      sheet.tabColor = "#00AA00";
      sheet.position = 0;
      sheet.pageLayout.orientation = "Landscape";
      sheets.getItem("Log").visibility = "Hidden";
      sheet.activate();
      sheet.load("id,name,position");
      const active = sheets.getActiveWorksheet().load("name,showGridlines");
      await context.sync();
      expect([sheet.name, sheet.position, active.name, active.showGridlines]).toEqual([
        "月报 2026-03",
        0,
        "月报 2026-03",
        false,
      ]);
      sheets.add("月报 2026-03");
      await expect(context.sync()).rejects.toMatchObject({ code: "ItemAlreadyExists" });
    });
    expect(host.model.sheets.map(({ name }) => name)).toEqual(["月报 2026-03", "Data", "Log"]);
    expect(host.model.sheets[0]).toMatchObject({ frozen: { rows: 1 }, pageLayout: { orientation: "Landscape" } });
    const last = excel.run(async (context) => {
      context.workbook.worksheets.getItem("Data").delete();
      context.workbook.worksheets.getItem("月报 2026-03").delete();
      await context.sync();
    });
    await expect(last).rejects.toMatchObject({ code: "InvalidOperation" });
  });

  it("records conditional formats and validations where they stand", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const range = context.workbook.tables.getItem("Orders").columns.getItem("Item").getDataBodyRange();
      const equal = range.conditionalFormats.add("CellValue");
      equal.cellValue.format.fill.color = "#FFC7CE";
      equal.cellValue.rule = { formula1: '="fig"', operator: "EqualTo" };
      const custom = range.conditionalFormats.add("Custom");
      custom.custom.rule.formula = '=$A2="fig"';
      custom.custom.format.font.color = "#9C0006";
      range.dataValidation.rule = { list: { inCellDropDown: true, source: "apple,fig" } };
      const count = range.conditionalFormats.getCount();
      const validation = range.dataValidation.load("type,rule");
      await context.sync();
      expect(count.value).toBe(2);
      expect([validation.type, validation.rule.list?.source]).toEqual(["List", "apple,fig"]);
      context.workbook.tables.getItem("Orders").rows.add(0, [["kiwi", 1, 1, 1]]);
      await context.sync();
    });
    const [format] = host.model.sheets[0]!.conditionalFormats;
    expect(format).toMatchObject({
      type: "CellValue",
      settings: {
        cellValue: { rule: { formula1: '="fig"', operator: "EqualTo" }, format: { fill: { color: "#FFC7CE" } } },
      },
    });
    expect(host.model.sheets[0]!.dataValidations).toHaveLength(1);
  });

  it("records pivot tables and charts", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Log");
      const pivot = sheet.pivotTables.add("P", context.workbook.tables.getItem("Orders"), sheet.getRange("F1"));
      pivot.rowHierarchies.add(pivot.hierarchies.getItem("Item"));
      const data = pivot.dataHierarchies.add(pivot.hierarchies.getItem("Qty"));
      data.summarizeBy = "Sum";
      data.name = "合计";
      pivot.layout.layoutType = "Tabular";
      pivot.refresh();
      const chart = sheet.charts.add(
        "ColumnClustered",
        context.workbook.worksheets.getItem("Data").getRange("A1:B3"),
        "Auto",
      );
      chart.title.text = "各类投诉";
      chart.setPosition("A1", "F9");
      chart.series.getItemAt(0).name = "件数";
      chart.axes.valueAxis.title.text = "件";
      chart.legend.position = "Bottom";
      await context.sync();
      const twice = sheet.pivotTables.add("P", "Orders", "H1");
      twice.load("name");
      await expect(context.sync()).rejects.toMatchObject({ code: "ItemAlreadyExists" });
    });
    const log = host.model.sheets[1]!;
    expect(log.pivots[0]).toMatchObject({
      source: "Orders",
      rows: ["Item"],
      data: [{ field: "Qty", name: "合计", summarizeBy: "Sum" }],
      settings: { layout: { layoutType: "Tabular" } },
      refreshes: 1,
    });
    expect(log.charts[0]).toMatchObject({
      type: "ColumnClustered",
      source: "Data!A1:B3",
      settings: { title: { text: "各类投诉" }, position: ["A1", "F9"], axes: { valueAxis: { title: { text: "件" } } } },
      series: [{ name: "件数" }],
    });
  });

  it("stays plain data through JSON, whatever was done to it", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Data");
      sheet.getRange("B2").values = [["=1"]];
      sheet.getRange("A2:B3").format.font.bold = true;
      sheet.protection.protect({ allowSort: true });
      await context.sync();
    });
    expect(JSON.parse(JSON.stringify(host.model))).toEqual(host.model);
  });

  it("tells a workbook of the 1904 system by what DATE gives", async () => {
    const { host, excel } = connect(orders());
    const serial = () =>
      excel.run(async (context) => {
        const result = context.workbook.functions.date(1904, 1, 2).load("value");
        await context.sync();
        return result.value;
      });
    expect(await serial()).toBe(1463);
    host.model.uses1904Dates = true;
    expect(await serial()).toBe(1);
  });
});
