import type { Look } from "../../ooxml/pages/page.js";
import type { BlockFormat } from "./blocks.js";

/** How the cells of a report look. */

const BODY = "宋体";
const DISPLAY = "微软雅黑";
const ACCENT = "FF1F5C99";
export const GREY = "FF6B7280";
const LINE = "FFBFC7D1";
export const WHITE = "FFFFFFFF";
const TINT = "FFEAF1F8";

export const LOOKS = {
  organisation: { font: DISPLAY, size: 10, color: GREY, horizontal: "center" },
  title: { font: DISPLAY, size: 18, bold: true, color: ACCENT, horizontal: "center" },
  meta: { font: BODY, size: 9, color: GREY, horizontal: "left" },
  metaRight: { font: BODY, size: 9, color: GREY, horizontal: "right" },
  section: {
    font: DISPLAY,
    size: 11,
    bold: true,
    color: ACCENT,
    underline: ACCENT,
    horizontal: "left",
    vertical: "bottom",
  },
  header: {
    font: DISPLAY,
    size: 9,
    bold: true,
    color: "FFFFFFFF",
    fill: ACCENT,
    box: LINE,
    horizontal: "center",
    wrap: true,
  },
  note: { font: BODY, size: 8, color: GREY, horizontal: "left", vertical: "top", wrap: true },
  cardLabel: { font: BODY, size: 9, color: GREY, fill: TINT, horizontal: "center" },
  cardNote: { font: BODY, size: 8, color: GREY, fill: TINT, horizontal: "center" },
  signature: { font: BODY, size: 10, horizontal: "left", vertical: "bottom" },
} as const satisfies Record<string, Look>;

export function valueLook(format: BlockFormat, total: boolean): Look {
  return {
    font: BODY,
    size: 9,
    box: LINE,
    horizontal: format === "text" ? "left" : format === "datetime" ? "center" : "right",
    ...(format === "text" || format === "figure" ? { wrap: true } : { format }),
    ...(total ? { bold: true, fill: TINT } : {}),
  };
}

/** A figure that leads to the rows behind it. */
export function leading(look: Look): Look {
  return { ...look, color: ACCENT };
}

export function cardLook(format: BlockFormat): Look {
  return {
    font: DISPLAY,
    size: 15,
    bold: true,
    color: ACCENT,
    fill: TINT,
    horizontal: "center",
    ...(format === "text" || format === "figure" ? {} : { format }),
  };
}

/** Looks of pivot cells, so that they match the tables. */
export const PIVOT_LOOKS = {
  header: { ...LOOKS.header, wrap: false },
  label: { ...valueLook("text", false), wrap: false },
  count: valueLook("integer", false),
  total: valueLook("integer", true),
} as const satisfies Record<string, Look>;
