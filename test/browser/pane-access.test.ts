import type { Frame } from "playwright-core";
import { describe, expect, test } from "vitest";
import { TABS } from "../../src/taskpane/state/pane-state.js";
import { select, sheetNames, sheetValues } from "./support/host-calls.js";
import { type OpenOptions, type OpenPane } from "./support/pane-browser.js";
import { paneSession } from "./support/pane-session.js";
import { LEDGER, process, showTab, violations } from "./support/pane-steps.js";
import { sampleModel } from "./support/sample-model.js";

/** High contrast, the keyboard alone, and stopping a run. */

const panes = paneSession();

async function start(options: Omit<OpenOptions, "model"> & { readonly rows?: number } = {}): Promise<OpenPane> {
  const { rows, ...rest } = options;
  const open = await panes.open({ model: await sampleModel(rows), ...rest });
  await open.pane.locator("dl dt").first().waitFor();
  return open;
}

describe("high contrast", () => {
  test.each(["dark", "light"] as const)(
    "the system's forced colours (%s): every tab without a barrier",
    async (colourScheme) => {
      const { page, pane, errors } = await start({ colourScheme, width: 320 });
      await page.emulateMedia({ forcedColors: "active", colorScheme: colourScheme });
      await process(pane);
      await select(page, LEDGER, "A5");
      for (const tab of TABS) {
        await showTab(pane, tab);
        expect([tab, ...(await violations(pane))]).toEqual([tab]);
      }
      expect(errors).toEqual([]);
    },
    120_000,
  );

  test("the pane's own high-contrast theme is black and white at once, and axe finds no barrier", async () => {
    const { page, pane } = await start({ language: "en-US" });
    await process(pane);
    await showTab(pane, "settings");
    await pane.getByRole("combobox", { name: "Theme" }).selectOption("contrast");
    const ground = (): Promise<string> =>
      pane.evaluate(() => getComputedStyle(document.querySelector("main")!.parentElement!).backgroundColor);
    await expect.poll(ground, { timeout: 5000 }).toBe("rgb(0, 0, 0)");
    await select(page, LEDGER, "A5");
    for (const tab of TABS) {
      await showTab(pane, tab);
      expect([tab, ...(await violations(pane))]).toEqual([tab]);
    }
  }, 120_000);
});

/** Numbers all places of the pane where the keyboard should come to, in reading order. */
async function numberStops(pane: Frame): Promise<number> {
  return pane.evaluate(() => {
    const stops = [
      ...document.querySelectorAll<HTMLElement>("main :is(button, input, select, summary, a[href], [tabindex='0'])"),
    ]
      .filter((element) => !element.matches(":disabled, [tabindex='-1'], [data-tabster-dummy]"))
      .filter((element) => element.checkVisibility({ visibilityProperty: true }));
    stops.forEach((element, i) => {
      element.dataset.stop = String(i);
    });
    return stops.length;
  });
}

describe("with the keyboard alone", () => {
  test("every tab is chosen, and Tab comes to each of its controls once, in reading order", async () => {
    const { page, pane } = await start();
    await pane.locator("#tab-process").focus();
    await page.keyboard.press("Tab");
    // The pane's body, then what will be read, then the main button.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await pane.getByText("已写入：").waitFor({ timeout: 25_000 });
    await select(page, LEDGER, "A5");
    await pane.locator("#tab-process").focus();
    for (const [i, tab] of TABS.entries()) {
      if (i > 0) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await showTab(pane, tab);
      const count = await numberStops(pane);
      await pane.locator(`#tab-${tab}`).focus();
      const reached: number[] = [];
      for (let n = 0; n < count + 3; n += 1) {
        await page.keyboard.press("Tab");
        const stop = await pane.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.stop);
        if (stop !== undefined && reached.at(-1) !== Number(stop)) reached.push(Number(stop));
        if (stop === String(count - 1)) break;
      }
      expect([tab, ...reached]).toEqual([tab, ...Array.from({ length: count }, (_, stop) => stop)]);
      await pane.locator(`#tab-${tab}`).focus();
    }
  }, 180_000);
});

describe("stopping a run", () => {
  test("before it writes leaves the workbook as it was; progress is told in rows; the next run does it all", async () => {
    const { page, pane, errors } = await start({ rows: 5200 });
    const before = await sheetValues(page, LEDGER);
    const sheets = await sheetNames(page);
    // The rules come late, so that there is time to stop.
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.context().route("**/rules/general.*.json", async (route) => {
      await held;
      await route.fallback();
    });
    await pane.getByRole("button", { name: "一键处理" }).click();
    await pane.getByText("正在判定").waitFor();
    await pane.getByRole("button", { name: "停止" }).click();
    await expect
      .poll(() => pane.getByRole("button", { name: "一键处理" }).getAttribute("aria-disabled"), { timeout: 5000 })
      .not.toBe("true");
    release();
    await pane.waitForTimeout(1500);
    expect(await sheetValues(page, LEDGER)).toEqual(before);
    await expect.poll(() => sheetNames(page)).toEqual(sheets);
    await expect.poll(() => pane.getByRole("alert").first().textContent()).toBe("");
    await pane.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      new MutationObserver(() => {
        told.push(document.querySelector("[role=progressbar]")?.getAttribute("aria-valuetext") ?? "");
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await process(pane);
    const told = await pane.evaluate(() => (window as unknown as { told: string[] }).told);
    const counted = told.flatMap((text) => /^(\d+) \/ 5200 行/.exec(text)?.[1] ?? []).map(Number);
    expect(new Set(counted).size).toBeGreaterThan(5);
    expect(errors).toEqual([]);
  }, 120_000);
});
