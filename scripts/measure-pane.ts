import { sampleModel } from "../test/browser/support/sample-model.js";
import { recordTasks, type Task } from "../test/browser/support/main-thread.js";
import { launch, openPane } from "../test/browser/support/pane-browser.js";
import type { HostWindow } from "../test/browser/support/host-page.js";

/**
 * Measures the built pane in headless Chromium while it processes: requests, their sizes, and the longest tasks of the
 * pane on the main thread. The host runs in the page around the pane and shares its thread; its tasks are left out.
 * Arguments: numbers of rows; `--parts` says where the time of the longest tasks went.
 */
const args = process.argv.slice(2);
const sampled = args.includes("--parts");
const sizes = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
const LONG = 50;
const SHOWN = 5;

async function measure(rows: number): Promise<void> {
  const browser = await launch();
  const opened = await openPane(browser, { model: await sampleModel(rows) });
  const { page, pane, errors } = opened;
  await pane.getByText("Complaints").first().waitFor({ timeout: 120_000 });
  const before = await page.evaluate(() => (window as unknown as HostWindow).host.requests.length);
  const started = Date.now();
  let seconds = 0;
  const action = async (): Promise<void> => {
    await pane.locator("#panel button", { hasText: "一键处理" }).click();
    // Looking rarely: looking is a task of the pane's thread as well.
    const written = (): boolean => document.querySelector("#panel")?.textContent.includes("已写入") === true;
    await pane.waitForFunction(written, null, { timeout: 300_000, polling: 250 });
    seconds = (Date.now() - started) / 1000;
    await page.waitForTimeout(1000);
  };
  const tasks = (await recordTasks(browser, opened, action, { sampled })).filter(({ ofHost }) => !ofHost);
  const requests = await page.evaluate(
    (from) =>
      (window as unknown as HostWindow).host.requests
        .slice(from)
        .map(({ bytes, responseBytes }) => [bytes, responseBytes]),
    before,
  );
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(2);
  console.log(
    `${rows} rows: ${seconds.toFixed(1)} s, ${requests.length} requests, largest ${megabytes(Math.max(...requests.flat()))} MB, ` +
      `tasks over ${LONG} ms: ${tasks.filter(({ cpu }) => cpu > LONG).length} by processor time, ${tasks.filter(({ wall }) => wall > LONG).length} by the clock`,
  );
  const longest = [...tasks].sort((a, b) => b.cpu - a.cpu).slice(0, SHOWN);
  for (const task of longest) show(task);
  if (errors.length > 0) console.log(errors);
  await browser.close();
}

function show({ at, wall, cpu, collecting, parts }: Task): void {
  const [start, passed, busy, collected] = [at, wall, cpu, collecting].map((ms) => ms.toFixed(0));
  console.log(
    `  at ${start} ms: ${busy} ms of processor time (and ${collected} collecting garbage), ${passed} ms by the clock`,
  );
  for (const [name, ms] of parts.slice(0, 8)) console.log(`    ${ms.toFixed(1)} ms ${name}`);
}

for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) await measure(size);
