import type { ReactNode } from "react";

export function DeductionsTab(): ReactNode {
  return null;
}
