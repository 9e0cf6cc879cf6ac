import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Download, Frame, Page } from "playwright-core";

/** What a user does in the pane, step by step, for tests in the browser. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The sheet with the complaints of the sample ledger. */
export const LEDGER = "投诉台账";

export async function process(pane: Frame): Promise<void> {
  await pane.getByRole("button", { name: /^(一键处理|Process)$/ }).click();
  await pane.getByText(/已写入：|台账已是最新|^Written:|up to date/).waitFor({ timeout: 25_000 });
}

/** Milliseconds without anything going on after which nothing follows of itself any more: longer than the pane waits. */
const CALM = 700;

/** Waits until the pane has done what it was told and what follows from it: nothing going on, nothing turning, for a while. */
export async function settled(pane: Frame): Promise<void> {
  await pane.waitForFunction(
    (calm) => {
      const noted = window as unknown as { calmSince?: number | undefined };
      const busy = document.querySelector("main[aria-busy=true], #panel .fui-Spinner") !== null;
      noted.calmSince = busy ? undefined : (noted.calmSince ?? performance.now());
      const over = noted.calmSince !== undefined && performance.now() - noted.calmSince >= calm;
      if (over) noted.calmSince = undefined;
      return over;
    },
    CALM,
    { polling: 100, timeout: 25_000 },
  );
}

/** Opens a tab and waits until it has what it shows. */
export async function showTab(pane: Frame, id: string): Promise<void> {
  await pane.locator(`#tab-${id}`).click();
  await settled(pane);
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Barriers that axe finds in the pane as it stands. */
export async function violations(pane: Frame): Promise<string[]> {
  if (!(await pane.evaluate(() => "axe" in window))) await pane.evaluate(AXE);
  const found = await pane.evaluate(
    async () =>
      // Fluent UI's invisible stops for the Tab key are known to axe as faults; nobody ever meets them.
      (
        await (window as unknown as { axe: { run(context: object): Promise<{ violations: Violation[] }> } }).axe.run({
          exclude: ["[data-tabster-dummy]"],
        })
      ).violations,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

/** The file that something makes the pane hand to the browser. */
export async function downloaded(
  page: Page,
  act: () => Promise<void>,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const waiting: Promise<Download> = page.waitForEvent("download");
  await act();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) };
}

/** Runs a command of the ribbon. */
export function runCommand(pane: Frame, id: string): Promise<void> {
  return pane.evaluate(
    (name) => (window as unknown as { tiaoliCommands: Record<string, () => Promise<void>> }).tiaoliCommands[name]!(),
    id,
  );
}

/** Chooses a month and waits until what is shown is that month's. */
export async function chooseMonth(pane: Frame, month: string): Promise<void> {
  await pane.getByRole("combobox", { name: "月份" }).selectOption(month);
  await settled(pane);
}
