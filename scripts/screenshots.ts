import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "../test/browser/support/pane-browser.js";
import { buildSiteIfNeeded } from "../test/browser/support/site.js";
import { openWorkbench, type OpenWorkbench } from "../test/browser/support/workbench-browser.js";

/**
 * `npm run screenshots`: pictures of workbench and pane into out/screenshots, from the built site. The ones in the
 * documentation are chosen from these by hand.
 */

const FOLDER = fileURLToPath(new URL("../out/screenshots/", import.meta.url));

const TABS = {
  zh: ["处理", "案件", "规则", "报表", "扣款", "设置"],
  en: ["Process", "Case", "Rules", "Reports", "Deductions", "Settings"],
} as const;
const FILES = ["process", "case", "rules", "reports", "deductions", "settings"] as const;

buildSiteIfNeeded();
mkdirSync(FOLDER, { recursive: true });
const browser = await launch();
try {
  for (const language of ["zh", "en"] as const) {
    for (const colourScheme of ["light", "dark"] as const) {
      const bench = await openWorkbench(browser, { language, colourScheme, width: 1280, height: 800 });
      await takeAll(bench, language, `${language}-${colourScheme}`);
      await bench.close();
    }
  }
} finally {
  await browser.close();
}
console.log(FOLDER);

async function takeAll({ page, pane }: OpenWorkbench, language: "zh" | "en", name: string): Promise<void> {
  const take = (file: string): Promise<unknown> => page.screenshot({ path: `${FOLDER}workbench-${name}-${file}.png` });
  await take("opened");
  const frame = await pane();
  await page.getByRole("button", { name: language === "zh" ? "一键处理" : "Process", exact: true }).click();
  // The new sheet of penalties is the last thing that a run writes before its log.
  await page.getByRole("tab", { name: "处罚明细" }).waitFor({ timeout: 60_000 });
  await page.locator("[role=gridcell]", { hasText: "江北机械" }).click();
  for (const [i, tab] of TABS[language].entries()) {
    await frame.getByRole("tab", { name: tab, exact: true }).click();
    // Charts and texts that come from the worker have no common sign of being there.
    await page.waitForTimeout(2500);
    await take(FILES[i]!);
  }
}
