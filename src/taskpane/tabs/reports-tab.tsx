import type { ReactNode } from "react";

export function ReportsTab(): ReactNode {
  return null;
}
