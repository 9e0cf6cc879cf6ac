import type { Figure } from "./blocks.js";
import type { PeriodFigures } from "./figures.js";
import { together } from "./rows-behind.js";
import type { ReportText } from "./texts.js";

/** The rates of a report, each shown with both its numbers. */

export const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** 按期办结率: of what was due in the period, what was closed in time. */
export function onTimeRate({ due, dueKept }: PeriodFigures): number | undefined {
  return share(dueKept, due);
}

/** Of what was closed in the period and had a limit, what was closed in time. */
export function closedOnTimeRate({ onTime, late }: PeriodFigures): number | undefined {
  return share(onTime, onTime + late);
}

/** The two rates of keeping limits, each with both its numbers. */
export function rateFigures(figures: PeriodFigures, t: ReportText): Figure[] {
  const { due, dueKept, onTime, late, behind } = figures;
  return [
    {
      label: t("onTimeRate"),
      value: onTimeRate(figures),
      format: "percent",
      note: t("onTimeRate.note", { kept: dueKept, due }),
      behind: behind.due,
    },
    {
      label: t("closedOnTimeRate"),
      value: closedOnTimeRate(figures),
      format: "percent",
      note: t("closedOnTimeRate.note", { kept: onTime, closed: onTime + late }),
      behind: together([behind.onTime, behind.late]),
    },
  ];
}

/** 投诉成立率: of what was judged, what was upheld. */
export function upheldRate({ upheld, notUpheld }: PeriodFigures): number | undefined {
  return share(upheld, upheld + notUpheld);
}

export function upheldFigure(figures: PeriodFigures, t: ReportText): Figure {
  const { upheld, notUpheld, undecided, behind } = figures;
  return {
    label: t("upheldRate"),
    value: upheldRate(figures),
    format: "percent",
    note: t("upheldRate.note", { upheld, judged: upheld + notUpheld, n: undecided }),
    behind: together([behind.upheld, behind.notUpheld]),
  };
}
