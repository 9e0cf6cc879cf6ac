import type { ReactNode } from "react";

export function SettingsTab(): ReactNode {
  return null;
}
