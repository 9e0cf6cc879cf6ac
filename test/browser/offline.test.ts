import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, SITE } from "./support/pane-browser.js";
import { documentedHeaders, SiteServers } from "./support/site-server.js";
import { buildSiteIfNeeded } from "./support/site.js";

/**
 * The workbench once it has been opened: without any network it opens, processes and saves. Service workers fetch past the
 * routes of a test, so both the site and Microsoft's CDN are servers of our own here, on two origins; the site lies under
 * a path, with the headers that the deployment page documents.
 */

const OFFICE_JS = join(dirname(createRequire(import.meta.url).resolve("@microsoft/office-js/package.json")), "dist");
/** A path of a host that has other things too. */
const UNDER = "/tools/tiaoli";

let browser: Browser;
const servers = new SiteServers();
beforeAll(async () => {
  buildSiteIfNeeded();
  browser = await launch();
}, 240_000);
afterAll(async () => {
  await browser.close();
  await servers.down();
});

describe("the workbench without a network", () => {
  test("opens once it has been opened before, processes the sample and saves it", async () => {
    const cdn = await servers.serve({ folder: OFFICE_JS, under: "/lib/1/hosted" });
    const origin = await servers.serve({ folder: SITE, under: UNDER, headers: documentedHeaders, cdn });
    const site = `${origin}${UNDER}`;
    const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(`${site}/workbench.html?now=2026-03-31T18:00`);
    const pane = page.frameLocator(".bench-pane iframe");
    await pane.getByText("Complaints").first().waitFor();
    // What the page had loaded of Office.js is put by.
    const kept = (): Promise<boolean> =>
      page.evaluate(async () => {
        const urls: { readonly url: string }[] = [];
        for (const name of await caches.keys()) urls.push(...(await (await caches.open(name)).keys()));
        return ["/office.js", "/excel-web"].every((part) => urls.some(({ url }) => url.includes(part)));
      });
    await expect.poll(kept, { timeout: 60_000 }).toBe(true);
    const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    expect(scope).toBe(`${site}/`);
    expect(servers.missing).toEqual([]);
    await servers.down();
    await page.reload();
    await pane.getByText("Complaints").first().waitFor();
    await page.getByRole("button", { name: "一键处理" }).click();
    await pane.getByText("已写入").waitFor({ timeout: 60_000 });
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: /保存/ }).first().click(),
    ]);
    expect(readFileSync(await file.path()).length).toBeGreaterThan(10_000);
    await context.close();
  }, 180_000);
});
