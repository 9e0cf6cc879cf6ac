import type { ReactNode } from "react";

export function CaseTab(): ReactNode {
  return null;
}
