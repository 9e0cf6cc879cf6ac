import { ByteSink } from "../../ooxml/byte-sink.js";
import { CellWriter } from "../../ooxml/cell-writer.js";
import { valueColours } from "../../ooxml/conditional-formats.js";
import { STATUS_COLOURS } from "../status-colours.js";
import type { TableLine, TableSpec } from "../own-table-plan.js";
import { formatOf, stored } from "./cell-formats.js";
import type { PackageDraft } from "../../ooxml/package.js";
import { columnLetters, formatArea, type Area } from "../../ooxml/references.js";
import { escapeXml } from "../../ooxml/xml/escape.js";
import type { EditContext } from "../../ooxml/sheet-editor.js";
import type { ColumnKind } from "../../domain/columns.js";

/** Writes a new worksheet that holds one table: header row frozen, widths and formats set. Returns the number of cells. */
export function writeTableSheet(
  draft: PackageDraft,
  part: string,
  spec: TableSpec,
  options: {
    readonly context: EditContext;
    readonly date1904: boolean;
    /** Relationship of the sheet to its table. */
    readonly tableRelationship: string;
  },
): number {
  const { context, date1904 } = options;
  const { coloured } = spec;
  const { main, relationships } = context.dialect;
  const area = tableArea(spec);
  const writer = new CellWriter("", context.strings, context.styles);
  draft.set(part, (emit) => {
    const out = new ByteSink(emit);
    const row = (number: number, contents: TableLine, kinds: readonly ColumnKind[]): void => {
      out.text(`<row r="${number}">`);
      contents.forEach((content, i) => {
        const kind = kinds[i]!;
        const value = stored(content, kind, date1904);
        if (value !== undefined)
          writer.write(out, { column: i + 1, value, format: formatOf(kind), base: 0 }, number, undefined);
      });
      out.text("</row>");
    };
    out.text(
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${main}" xmlns:r="${relationships}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="${formatArea(area)}"/>` +
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>' +
        '<sheetFormatPr defaultRowHeight="15"/><cols>' +
        spec.columns
          .map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
          .join("") +
        "</cols><sheetData>",
    );
    row(
      1,
      spec.columns.map(({ header }) => header),
      spec.columns.map(() => "text"),
    );
    const kinds = spec.columns.map(({ kind }) => kind);
    spec.rows.forEach((contents, i) => {
      row(i + 2, contents, kinds);
    });
    out.text("</sheetData>");
    if (coloured !== undefined)
      out.text(
        valueColours({ column: coloured + 1, firstRow: 2, priority: 0, prefix: "" }, STATUS_COLOURS, (content) =>
          context.styles.addDifferential(content),
        ),
      );
    out.text(guides(spec));
    out.text(
      '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>' +
        // A4, as wide as the page and as long as it takes.
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>' +
        `<tableParts count="1"><tablePart r:id="${options.tableRelationship}"/></tableParts></worksheet>`,
    );
    out.flush();
  });
  return writer.written;
}

/** A table at A1; Excel wants at least one row under the headers. */
export function tableArea(spec: TableSpec): Area {
  return { top: 1, left: 1, bottom: 1 + Math.max(1, spec.rows.length), right: spec.columns.length };
}

/** Rows for which a new table's columns have their guides, so that rows to come have them as well. */
export const GUIDED_ROWS = 2000;

/** The validations of columns that people fill in; what is not among the choices is warned of, nothing is forbidden. */
function guides({ columns }: TableSpec): string {
  const rules = columns.flatMap(({ header, guide }, i) => {
    if (!guide) return [];
    const { prompt, choices } = guide;
    const letters = columnLetters(i + 1);
    const list =
      choices === undefined
        ? ""
        : ` type="list" errorStyle="warning" showErrorMessage="1" errorTitle="${escapeXml(header)}" error="${escapeXml(prompt)}"`;
    const formula = choices === undefined ? "" : `<formula1>${escapeXml(`"${choices.join(",")}"`)}</formula1>`;
    return [
      `<dataValidation${list} allowBlank="1" showInputMessage="1" promptTitle="${escapeXml(header)}" prompt="${escapeXml(prompt)}"` +
        ` sqref="${letters}2:${letters}${GUIDED_ROWS}">${formula}</dataValidation>`,
    ];
  });
  return rules.length === 0 ? "" : `<dataValidations count="${rules.length}">${rules.join("")}</dataValidations>`;
}
