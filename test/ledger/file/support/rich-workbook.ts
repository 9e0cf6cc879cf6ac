import { strToU8 } from "fflate";
import {
  MAIN,
  RELATIONSHIPS,
  relationshipsXml,
  sheetData,
  tableXml,
  workbookParts,
  type Parts,
} from "../../../ooxml/support/ooxml.js";

const MC = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main";
const X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac";
const XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision";

/** Styles with a font, fill and border of the user's own on format 2, and a custom date format that ends the list. */
export const STYLES =
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="${MAIN}" xmlns:mc="${MC}" mc:Ignorable="x14ac" xmlns:x14ac="${X14AC}">` +
  '<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>' +
  '<fonts count="2" x14ac:knownFonts="1"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="12"/><name val="微软雅黑"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFF2CC"/></patternFill></fill></fills>' +
  '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="176" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1"><alignment vertical="center"/><protection locked="0"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><font><b/></font></dxf></dxfs><tableStyles count="0"/></styleSheet>';

const HEADERS = ["投诉编号", "受理时间", "投诉内容", "损失金额"];

/**
 * A macro workbook with about everything a user's workbook may hold: charts, a chart sheet, pivots, pictures, comments,
 * validations, extensions, macros, custom XML, protection, names, external links, a calculation chain.
 */
export function richParts(): Parts {
  const opaque = (text: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- ${text} -->\r\n<root xmlns="urn:${text}"/>`;
  const ledger =
    `\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}" xmlns:mc="${MC}" mc:Ignorable="x14ac xr" xmlns:x14ac="${X14AC}" xmlns:xr="${XR}" xr:uid="{00000000-0001-0000-0000-000000000000}">` +
    '<sheetPr codeName="Sheet1"><tabColor rgb="FFFF0000"/></sheetPr><dimension ref="A1:D5"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    '<sheetFormatPr defaultRowHeight="13.8" x14ac:dyDescent="0.25"/><cols><col min="1" max="4" width="15.625" customWidth="1"/><col min="5" max="16384" width="9" hidden="1" style="2"/></cols>' +
    '<sheetData><row r="1" spans="1:4" ht="20" customHeight="1" x14ac:dyDescent="0.25"><c r="A1" s="2" t="s"><v>0</v></c><c r="B1" s="2" t="s"><v>1</v></c><c r="C1" s="2" t="s"><v>2</v></c><c r="D1" s="2" t="s"><v>3</v></c></row>' +
    '<row r="2" spans="1:4" x14ac:dyDescent="0.25"><c r="A2" t="s"><v>4</v></c><c r="B2" s="1"><v>46000.5</v></c><c r="C2" t="s"><v>5</v></c><c r="D2" s="2"><f>SUM(1,2)</f><v>3</v></c></row>\r\n' +
    '<row r="3" spans=\'1:4\' hidden="1" x14ac:dyDescent="0.25"><c r="B3" s="1"><v>46001</v></c><c r="C3" t="s"><v>6</v></c></row><row r="4" spans="1:4"/>' +
    '<row r="5" spans="1:4"><c r="A5" t="s"><v>4</v></c><c r="B5" s="1"><v>46002</v></c><c r="C5" t="s"><v>5</v></c><c r="D5" s="2"/></row></sheetData>' +
    '<sheetProtection sheet="1" objects="1" scenarios="1"/><protectedRanges><protectedRange sqref="C2:C5" name="可改"/></protectedRanges><mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells><phoneticPr fontId="1"/>' +
    '<conditionalFormatting sqref="D2:D5"><cfRule type="cellIs" dxfId="0" priority="1" operator="greaterThan"><formula>100</formula></cfRule></conditionalFormatting>' +
    '<dataValidations count="1"><dataValidation type="list" sqref="C2:C99"><formula1>"甲,乙"</formula1></dataValidation></dataValidations>' +
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><drawing r:id="rId2"/><legacyDrawing r:id="rId3"/>' +
    '<mc:AlternateContent><mc:Choice xmlns:x14="urn:c" Requires="x14"><controls/></mc:Choice></mc:AlternateContent><tableParts count="1"><tablePart r:id="rId1"/></tableParts>' +
    `<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="${X14}"><x14:dataValidations count="0"/></ext></extLst></worksheet>\r\n`;
  const parts = workbookParts({
    sheets: [
      {
        name: "投诉&quot;台账&quot;'s",
        xml: ledger,
        relationships: [
          { id: "rId1", type: "table", target: "../tables/table1.xml" },
          { id: "rId2", type: "drawing", target: "../drawings/drawing1.xml" },
          { id: "rId3", type: "vmlDrawing", target: "../drawings/vmlDrawing1.vml" },
          { id: "rId4", type: "comments", target: "../comments1.xml" },
        ],
      },
      {
        name: "分析",
        xml: sheetData([["状态", 1]]).replace(
          "</row>",
          '<c r="C1"><f>COUNTIF(Complaints[投诉内容],"x")</f><v>0</v></c></row>',
        ),
        relationships: [{ id: "rId1", type: "pivotTable", target: "../pivotTables/pivotTable1.xml" }],
      },
    ],
    sharedStrings: [...HEADERS, "A1", "床垫有污渍", "<r><t>少</t></r><r><rPr><b/></rPr><t>发</t></r>"],
    styles: STYLES,
    before:
      '<workbookPr codeName="ThisWorkbook"/><workbookProtection lockStructure="1"/><bookViews><workbookView activeTab="1"/></bookViews>',
    after:
      '<externalReferences><externalReference r:id="rId9"/></externalReferences><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">\'投诉"台账"\'\'s\'!$A$1:$D$5</definedName><definedName name="税率">0.13</definedName></definedNames><calcPr calcId="191029"/><pivotCaches><pivotCache cacheId="1" r:id="rId10"/></pivotCaches>',
    workbookRelationships: [
      {
        id: "rId8",
        type: "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        target: "vbaProject.bin",
      },
      { id: "rId9", type: "externalLink", target: "externalLinks/externalLink1.xml" },
      { id: "rId10", type: "pivotCacheDefinition", target: "pivotCache/pivotCacheDefinition1.xml" },
      { id: "rId11", type: "calcChain", target: "calcChain.xml" },
      { id: "rId12", type: "customXml", target: "../customXml/item1.xml" },
    ],
    types: {
      "/xl/workbook.xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
      "/xl/calcChain.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
    },
    parts: {
      "xl/tables/table1.xml": tableXml({
        name: "Complaints",
        ref: "A1:D5",
        columns: HEADERS,
        inside:
          '<autoFilter ref="A1:D5"><filterColumn colId="2"><filters><filter val="床垫有污渍"/></filters></filterColumn></autoFilter>',
      }).replace(
        '<tableColumn id="4" name="损失金额"/>',
        '<tableColumn id="9" name="损失金额" dataDxfId="0"><calculatedColumnFormula>SUM(1,2)</calculatedColumnFormula></tableColumn>',
      ),
      "xl/calcChain.xml": `<calcChain xmlns="${MAIN}"><c r="D2" i="1"/><c r="C1" i="2"/></calcChain>`,
      "xl/vbaProject.bin": strToU8("\u0001\u0002macro\u0000"),
      "xl/drawings/drawing1.xml": opaque("drawing"),
      "xl/drawings/_rels/drawing1.xml.rels": relationshipsXml([
        { id: "rId1", type: "chart", target: "../charts/chart1.xml" },
      ]),
      "xl/drawings/vmlDrawing1.vml": "<xml><br></xml>",
      "xl/charts/chart1.xml": opaque("chart"),
      "xl/media/image1.png": new Uint8Array([137, 80, 78, 71, 0, 255]),
      "xl/comments1.xml": opaque("comments"),
      "xl/threadedComments/threadedComment1.xml": opaque("threads"),
      "xl/pivotTables/pivotTable1.xml": opaque("pivot"),
      "xl/pivotCache/pivotCacheDefinition1.xml": opaque("cache"),
      "xl/externalLinks/externalLink1.xml": opaque("external"),
      "customXml/item1.xml": opaque("custom"),
      "docProps/app.xml": "<Properties><TitlesOfParts/></Properties>",
    },
  });
  return parts;
}
