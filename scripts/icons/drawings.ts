import { both, box, outline, polygon, stroke, type Layer } from "./raster.js";

/**
 * The product's own icons. Grey and green have at least 3:1 contrast on the white, grey and black ribbons of Office,
 * since ribbon icons of add-ins are not recoloured.
 */
const GREEN = "#12917f";
const DEEP_GREEN = "#0b6e60";
const GREY = "#7a7f87";
const WHITE = "#ffffff";
const AMBER = "#ffb900";

/** 条理: strips put in order, and done. */
const PRODUCT: readonly Layer[] = [
  { shape: box(0.03, 0.03, 0.97, 0.97, 0.2), colour: DEEP_GREEN },
  { shape: stroke(0.1, [0.22, 0.28], [0.78, 0.28]), colour: WHITE },
  { shape: stroke(0.1, [0.22, 0.5], [0.58, 0.5]), colour: WHITE },
  { shape: stroke(0.1, [0.22, 0.72], [0.4, 0.72]), colour: WHITE },
  { shape: stroke(0.12, [0.54, 0.68], [0.65, 0.79], [0.84, 0.54]), colour: AMBER },
];

/** Lines of a ledger and the arrow that sets them going. */
const PROCESS: readonly Layer[] = [
  { shape: stroke(0.09, [0.1, 0.18], [0.9, 0.18]), colour: GREY },
  { shape: stroke(0.09, [0.1, 0.41], [0.42, 0.41]), colour: GREY },
  { shape: stroke(0.09, [0.1, 0.64], [0.42, 0.64]), colour: GREY },
  { shape: stroke(0.09, [0.1, 0.87], [0.42, 0.87]), colour: GREY },
  { shape: polygon([0.54, 0.36], [0.95, 0.645], [0.54, 0.93]), colour: GREEN },
];

/** Columns of a month. */
const REPORT: readonly Layer[] = [
  { shape: box(0.14, 0.5, 0.32, 0.82), colour: GREEN },
  { shape: box(0.41, 0.14, 0.59, 0.82), colour: GREEN },
  { shape: box(0.68, 0.34, 0.86, 0.82), colour: GREEN },
  { shape: stroke(0.08, [0.07, 0.9], [0.93, 0.9]), colour: GREY },
];

/** A sheet of paper with the sign for yuan. */
const NOTICES: readonly Layer[] = [
  {
    shape: both(
      outline(box(0.13, 0.04, 0.87, 0.96, 0.05), 0.08),
      polygon([0, 0], [0.55, 0], [1, 0.45], [1, 1], [0, 1]),
    ),
    colour: GREY,
  },
  { shape: stroke(0.08, [0.57, 0.08], [0.83, 0.34]), colour: GREY },
  { shape: stroke(0.09, [0.33, 0.33], [0.5, 0.55], [0.67, 0.33]), colour: GREEN },
  { shape: stroke(0.09, [0.5, 0.55], [0.5, 0.83]), colour: GREEN },
  { shape: stroke(0.08, [0.34, 0.57], [0.66, 0.57]), colour: GREEN },
  { shape: stroke(0.08, [0.34, 0.71], [0.66, 0.71]), colour: GREEN },
];

/** A window with a pane at its right. */
const PANE: readonly Layer[] = [
  { shape: outline(box(0.04, 0.12, 0.96, 0.88, 0.07), 0.08), colour: GREY },
  { shape: box(0.58, 0.2, 0.88, 0.8), colour: GREEN },
  { shape: stroke(0.07, [0.2, 0.36], [0.44, 0.36]), colour: GREY },
  { shape: stroke(0.07, [0.2, 0.54], [0.44, 0.54]), colour: GREY },
];

/** The sizes Office asks for in the ribbon, at 100 % to 400 % of the screen. */
export const RIBBON_SIZES = [16, 20, 24, 32, 40, 48, 64, 80] as const;

/** Icons by the first part of their file names, with their sizes in pixels. */
export const DRAWINGS: Readonly<
  Record<string, { readonly layers: readonly Layer[]; readonly sizes: readonly number[] }>
> = {
  icon: { layers: PRODUCT, sizes: [...RIBBON_SIZES, 128] },
  process: { layers: PROCESS, sizes: RIBBON_SIZES },
  report: { layers: REPORT, sizes: RIBBON_SIZES },
  notices: { layers: NOTICES, sizes: RIBBON_SIZES },
  pane: { layers: PANE, sizes: RIBBON_SIZES },
};
