/** The ribbon's commands and the shortcuts, by the names that manifest.xml and assets/shortcuts.json give them. */
export const ACTION_IDS = ["process", "monthlyReport", "deductionNotices", "showPane"] as const;
export type ActionId = (typeof ACTION_IDS)[number];
