import type { ReportGroup } from "../../rules/report-schema.js";
import type { PeriodKind } from "./period.js";

/** Names of the reports that every ledger has; those of packs are called `<pack>/<report>`. */
export const GENERAL_REPORTS: Readonly<Record<PeriodKind, string>> = {
  month: "month",
  week: "week",
  half: "half",
};

/** By what the pane offers to take a report apart; `part`: the sheets or workbooks that the ledger stands on. */
export const SPLIT_COLUMNS = [
  "department",
  "crew",
  "person",
  "receiver",
  "product",
  "channel",
  "region",
  "category",
  "level",
  "status",
  "part",
] as const satisfies readonly (ReportGroup | "part")[];
