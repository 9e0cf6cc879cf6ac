import { formatAddress } from "../address.js";
import type { Book } from "../book.js";
import { itemNotFound } from "../host-error.js";
import { HostObject, type TypeSpec } from "../host-object.js";
import type { Json } from "../wire.js";
import { sameName, type ChartModel, type SheetModel } from "../workbook-model.js";
import { asText, keyText } from "./json-values.js";
import { rangeArgument } from "./range.js";
import { recordedScalar, recorder, withValue, type Recorder, type RecorderShape } from "./tree.js";
import { worksheet } from "./worksheet.js";

/** Charts: recorded with their source, place, titles and series; a grid may draw them from that. */

interface ChartTarget extends Recorder {
  readonly book: Book;
  readonly sheet: SheetModel;
  readonly chart: ChartModel;
}

const FONT: RecorderShape = {
  name: "ChartFont",
  scalars: { bold: false, italic: false, color: "#000000", name: "Calibri", size: 10, underline: "None" },
};
const FILL: RecorderShape = { name: "ChartFill", calls: { setSolidColor: "color", clear: "cleared" } };
const LINE: RecorderShape = { name: "ChartLineFormat", scalars: { color: "", lineStyle: "Automatic", weight: 1 } };
const TITLE: RecorderShape = {
  name: "ChartTitle",
  scalars: { text: "", visible: true, overlay: false, position: "Automatic", horizontalAlignment: "Center" },
  children: { format: { name: "ChartTitleFormat", children: { font: FONT, fill: FILL } } },
};
const AXIS: RecorderShape = {
  name: "ChartAxis",
  scalars: {
    minimum: null,
    maximum: null,
    majorUnit: null,
    minorUnit: null,
    visible: true,
    numberFormat: "General",
    displayUnit: "None",
    categoryType: "Automatic",
    reversePlotOrder: false,
  },
  children: {
    title: { name: "ChartAxisTitle", scalars: { text: "", visible: true } },
    majorGridlines: { name: "ChartGridlines", scalars: { visible: true } },
    minorGridlines: { name: "ChartGridlines", scalars: { visible: false } },
    format: { name: "ChartAxisFormat", children: { font: FONT, line: LINE } },
  },
};
const LABELS: RecorderShape = {
  name: "ChartDataLabels",
  scalars: {
    showValue: false,
    showCategoryName: false,
    showSeriesName: false,
    showPercentage: false,
    showLegendKey: false,
    position: "OutsideEnd",
    numberFormat: "General",
    separator: ",",
  },
  children: { format: { name: "ChartDataLabelFormat", children: { font: FONT, fill: FILL } } },
};
const PARTS: Readonly<Record<string, RecorderShape>> = {
  title: TITLE,
  axes: { name: "ChartAxes", children: { categoryAxis: AXIS, valueAxis: AXIS, seriesAxis: AXIS } },
  legend: {
    name: "ChartLegend",
    scalars: { visible: true, position: "Right", overlay: false },
    children: { format: { name: "ChartLegendFormat", children: { font: FONT, fill: FILL } } },
  },
  dataLabels: LABELS,
  format: { name: "ChartAreaFormat", children: { font: FONT, fill: FILL } },
  plotArea: { name: "ChartPlotArea", scalars: { left: 0, top: 0, width: 0, height: 0 } },
};

const CHART: TypeSpec<ChartTarget> = {
  name: "Chart",
  id: { wire: "Id", of: ({ chart }) => chart.id },
  scalars: {
    id: { get: ({ chart }) => chart.id },
    name: {
      get: ({ chart }) => chart.name,
      set: ({ chart }, value) => {
        chart.name = asText(value);
      },
    },
    chartType: {
      get: ({ chart }) => chart.type,
      set: ({ chart }, value) => {
        chart.type = asText(value);
      },
    },
    top: recordedScalar("top", 0),
    left: recordedScalar("left", 0),
    width: recordedScalar("width", 360),
    height: recordedScalar("height", 216),
    style: recordedScalar("style", 201),
  },
  children: {
    ...Object.fromEntries(
      Object.entries(PARTS).map(([name, shape]) => [
        name,
        ({ read, write }: ChartTarget) => recorder(shape, { path: [name], read, write }),
      ]),
    ),
    series: (target) => HostObject.of(SERIES_COLLECTION, target),
    worksheet: ({ book, sheet }) => worksheet(book, sheet),
  },
  methods: {
    setPosition: ({ read, write }, args) => {
      write(withValue(read(), ["position"], [args.text(0), args.optionalText(1) ?? args.text(0)]));
      return undefined;
    },
    setData: ({ book, sheet, chart }, args) => {
      chart.source = sourceOf(rangeArgument(book, sheet, args, 0));
      chart.seriesBy = args.optionalText(1) ?? "Auto";
      return undefined;
    },
    delete: ({ sheet, chart }) => {
      sheet.charts = sheet.charts.filter((other) => other !== chart);
      return undefined;
    },
    activate: () => undefined,
  },
};

interface SeriesTarget extends Recorder {
  readonly of: ChartTarget;
  readonly index: number;
}

const SERIES: TypeSpec<SeriesTarget> = {
  name: "ChartSeries",
  scalars: {
    name: recordedScalar("name", ""),
    chartType: recordedScalar("chartType", ""),
    axisGroup: recordedScalar("axisGroup", "Primary"),
    hasDataLabels: recordedScalar("hasDataLabels", false),
    gapWidth: recordedScalar("gapWidth", 150),
    overlap: recordedScalar("overlap", 0),
    smooth: recordedScalar("smooth", false),
  },
  children: {
    dataLabels: ({ read, write }) => recorder(LABELS, { path: ["dataLabels"], read, write }),
    format: ({ read, write }) =>
      recorder({ name: "ChartSeriesFormat", children: { fill: FILL, line: LINE } }, { path: ["format"], read, write }),
  },
  methods: {
    setValues: (target, args) => {
      setSource(target, "values", sourceOf(rangeArgument(target.of.book, target.of.sheet, args, 0)));
      return undefined;
    },
    setXAxisValues: (target, args) => {
      setSource(target, "xAxisValues", sourceOf(rangeArgument(target.of.book, target.of.sheet, args, 0)));
      return undefined;
    },
    delete: ({ of, index }) => {
      of.chart.series.splice(index, 1);
      return undefined;
    },
  },
};

function setSource(target: SeriesTarget, name: string, address: string): void {
  target.write(withValue(target.read(), [name], address));
}

const SERIES_COLLECTION: TypeSpec<ChartTarget> = {
  name: "ChartSeriesCollection",
  items: (target) => target.chart.series.map((_, index) => series(target, index)),
  methods: {
    getCount: ({ chart }) => chart.series.length,
    getItemAt: (target, args) => {
      const index = args.whole(0);
      if (!target.chart.series[index]) throw itemNotFound();
      return series(target, index);
    },
    add: (target, args) => {
      const { chart } = target;
      chart.series.push({ name: args.optionalText(0) ?? "" });
      return series(target, chart.series.length - 1);
    },
  },
};

function series(of: ChartTarget, index: number): HostObject {
  return HostObject.of(SERIES, {
    of,
    index,
    path: [],
    read: () => of.chart.series[index] ?? {},
    write: (tree) => {
      of.chart.series[index] = tree;
    },
  });
}

function sourceOf({ sheet, area }: ReturnType<typeof rangeArgument>): string {
  return formatAddress(sheet.name, area);
}

interface Charts {
  readonly book: Book;
  readonly sheet: SheetModel;
}

function open({ book, sheet }: Charts, chart: ChartModel): HostObject {
  return HostObject.of(CHART, {
    book,
    sheet,
    chart,
    path: [],
    read: () => chart.settings,
    write: (tree) => {
      chart.settings = tree;
    },
  });
}

const CHARTS: TypeSpec<Charts> = {
  name: "ChartCollection",
  items: (charts) => charts.sheet.charts.map((chart) => open(charts, chart)),
  item: find,
  methods: {
    getCount: ({ sheet }) => sheet.charts.length,
    getItemOrNullObject: (charts, args) => find(charts, args.json(0)),
    getItemAt: (charts, args) => {
      const chart = charts.sheet.charts[args.whole(0)];
      if (!chart) throw itemNotFound();
      return open(charts, chart);
    },
    add: (charts, args) => {
      const { book, sheet } = charts;
      book.assertAllowed(sheet, "allowEditObjects");
      const source = rangeArgument(book, sheet, args, 1);
      const id = book.nextId();
      const seriesBy = args.optionalText(2) ?? "Auto";
      // As many series as there are columns beside the labels; enough for what add-ins ask of a new chart.
      const count = Math.max(1, (seriesBy === "Rows" ? source.area.rows : source.area.columns) - 1);
      const chart: ChartModel = {
        id: `{${id}}`,
        name: `图表 ${id}`,
        type: args.text(0),
        source: sourceOf(source),
        seriesBy,
        settings: {},
        series: Array.from({ length: count }, () => ({})),
      };
      sheet.charts.push(chart);
      return open(charts, chart);
    },
  },
};

function find(charts: Charts, key: Json): HostObject | null {
  const chart = charts.sheet.charts.find(({ id, name }) => id === key || sameName(name, keyText(key)));
  return chart ? open(charts, chart) : null;
}

export function chartsOf(book: Book, sheet: SheetModel): HostObject {
  return HostObject.of(CHARTS, { book, sheet });
}
