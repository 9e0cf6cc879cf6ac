import type { PeriodKind } from "./period.js";

/** Names of the reports that every ledger has; those of packs are called `<pack>/<report>`. */
export const GENERAL_REPORTS: Readonly<Record<PeriodKind, string>> = {
  month: "month",
  week: "week",
  half: "half",
};
