import { sampleModel } from "../test/browser/support/sample-model.js";
import { launch, openPane } from "../test/browser/support/pane-browser.js";
import type { HostWindow } from "../test/browser/support/host-page.js";

/**
 * Measures the pane in headless Chromium: requests, their sizes, and main-thread tasks over 50 ms of the pane itself
 * while it processes. The host runs in the page around the pane and shares its thread; what it does counts as an
 * ancestor's task and is left out. Arguments: numbers of rows.
 */
interface LongTask {
  readonly at: number;
  readonly ms: number;
  readonly name: string;
}

async function measure(rows: number): Promise<void> {
  const browser = await launch();
  const { page, pane, errors } = await openPane(browser, { model: await sampleModel(rows) });
  const button = pane.locator("#panel button", { hasText: "一键处理" });
  await pane.waitForFunction(() => document.body.innerText.includes("将要读取"), null, { timeout: 120_000 });
  await pane.evaluate(() => {
    const tasks: LongTask[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { startTime, duration, name } of list.getEntries())
        tasks.push({ at: Math.round(startTime), ms: Math.round(duration), name });
    }).observe({ type: "longtask" });
  });
  const before = await page.evaluate(() => (window as unknown as HostWindow).host.requests.length);
  const started = Date.now();
  await button.click();
  await pane.waitForFunction(() => document.body.innerText.includes("已写入"), null, { timeout: 300_000 });
  const seconds = (Date.now() - started) / 1000;
  const requests = await page.evaluate(
    (from) =>
      (window as unknown as HostWindow).host.requests
        .slice(from)
        .map(({ bytes, responseBytes, cellsWritten }) => ({ bytes, responseBytes, cellsWritten })),
    before,
  );
  const tasks = await pane.evaluate(() => (window as unknown as { longTasks: LongTask[] }).longTasks);
  const own = tasks.filter(({ name }) => name === "self");
  const most = Math.max(...requests.flatMap(({ bytes, responseBytes }) => [bytes, responseBytes]));
  console.log(
    `${rows} rows: ${seconds.toFixed(1)} s, ${requests.length} syncs, largest message ${(most / 1024 / 1024).toFixed(2)} MB, ` +
      `long tasks: own ${own.length} (${own.map(({ ms }) => ms).join(", ")} ms), ` +
      `all ${tasks.length} (${tasks.map(({ ms, name }) => `${ms}${name === "self" ? "" : `:${name}`}`).join(", ")})`,
  );
  if (errors.length > 0) console.log(errors);
  await browser.close();
}

const sizes = process.argv.slice(2).map(Number);
for (const rows of sizes.length > 0 ? sizes : [1000, 10_000]) await measure(rows);
