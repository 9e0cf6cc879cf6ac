import type { ReactNode } from "react";
import { usePaneState } from "../ui/pane-context.js";
import { HeaderMapping } from "./settings/header-mapping.js";
import { Holidays } from "./settings/holidays.js";
import { LedgerSettings } from "./settings/ledger-settings.js";
import { Looks } from "./settings/looks.js";
import { People } from "./settings/people.js";
import { TrustedKeys } from "./settings/trusted-keys.js";

/** 设置: what the ledger's judging rests on (kept in the workbook), and how the pane looks (kept on this computer). */
export function SettingsTab(): ReactNode {
  const overview = usePaneState((state) => state.overview);
  return (
    <>
      {overview && <LedgerSettings key={JSON.stringify(overview.settings)} overview={overview} />}
      {overview && <HeaderMapping overview={overview} />}
      {overview && <People overview={overview} />}
      {overview && <Holidays overview={overview} />}
      <TrustedKeys />
      <Looks />
    </>
  );
}
