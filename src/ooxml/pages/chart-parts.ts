import { columnLetters } from "../references.js";
import { escapeXml } from "../xml/escape.js";

/** Native Excel charts (ECMA-376 part 1, §21.2) over cells of their own sheet. */

export interface ChartRange {
  readonly column: number;
  readonly first: number;
  readonly last: number;
}

export interface ChartSeries {
  readonly name: string;
  readonly range: ChartRange;
  readonly values: readonly number[];
  /** RGB, e.g. `1F5C99`. */
  readonly color: string;
}

export interface ChartSpec {
  /** `columns`: standing, for a course in time. `bars`: lying, first category on top. */
  readonly kind: "columns" | "bars";
  readonly title: string;
  readonly categories: { readonly range: ChartRange; readonly labels: readonly string[] };
  readonly series: readonly ChartSeries[];
}

const FONT = "微软雅黑";

function text(size: number, bold: boolean): string {
  return `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>${run("a:defRPr", size, bold)}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`;
}

function run(tag: string, size: number, bold: boolean): string {
  return (
    `<${tag}${tag === "a:rPr" ? ' lang="zh-CN"' : ""} sz="${size * 100}" b="${bold ? 1 : 0}"><a:solidFill><a:srgbClr val="404040"/></a:solidFill>` +
    `<a:latin typeface="${FONT}"/><a:ea typeface="${FONT}"/></${tag}>`
  );
}

/** The markup of a chart part, with the values it shows until it is calculated. */
export function chartMarkup(spec: ChartSpec, sheet: string): string {
  const quoted = `'${sheet.replaceAll("'", "''")}'`;
  const cells = ({ column, first, last }: ChartRange): string => {
    const letters = columnLetters(column);
    return escapeXml(`${quoted}!$${letters}$${first}:$${letters}$${last}`);
  };
  const points = (values: readonly (string | number)[]): string =>
    `<c:ptCount val="${values.length}"/>${values.map((v, i) => `<c:pt idx="${i}"><c:v>${escapeXml(String(v))}</c:v></c:pt>`).join("")}`;
  const { labels, range } = spec.categories;
  const category = `<c:cat><c:strRef><c:f>${cells(range)}</c:f><c:strCache>${points(labels)}</c:strCache></c:strRef></c:cat>`;
  const series = spec.series.map(
    ({ name, range: own, values, color }, i) =>
      `<c:ser><c:idx val="${i}"/><c:order val="${i}"/><c:tx><c:v>${escapeXml(name)}</c:v></c:tx>` +
      `<c:spPr><a:solidFill><a:srgbClr val="${color}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>` +
      `<c:dLbls><c:numFmt formatCode="0;;" sourceLinked="0"/>${text(8, false)}<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>` +
      `${category}<c:val><c:numRef><c:f>${cells(own)}</c:f><c:numCache><c:formatCode>General</c:formatCode>${points(values)}</c:numCache></c:numRef></c:val></c:ser>`,
  );
  const lying = spec.kind === "bars";
  const line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>';
  const grid =
    '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="E7E6E6"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>';
  const legend =
    spec.series.length > 1 ? `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${text(8, false)}</c:legend>` : "";
  return (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">' +
    '<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>' +
    `${run("a:defRPr", 10, true)}</a:pPr><a:r>${run("a:rPr", 10, true)}<a:t>${escapeXml(spec.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` +
    `<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="${lying ? "bar" : "col"}"/><c:grouping val="clustered"/><c:varyColors val="0"/>` +
    `${series.join("")}<c:gapWidth val="${lying ? 45 : 70}"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>` +
    `<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="${lying ? "maxMin" : "minMax"}"/></c:scaling><c:delete val="0"/><c:axPos val="${lying ? "l" : "b"}"/>` +
    `<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${line}${text(8, false)}<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>` +
    `<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="${lying ? "b" : "l"}"/>${grid}` +
    `<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${line}${text(8, false)}<c:crossAx val="111111111"/><c:crosses val="${lying ? "max" : "autoZero"}"/><c:crossBetween val="between"/></c:valAx>` +
    `</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` +
    '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:chartSpace>'
  );
}
