import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, extname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, SITE } from "./support/pane-browser.js";
import { buildSiteIfNeeded } from "./support/site.js";

/**
 * The workbench once it has been opened: without any network it opens, processes and saves. Service workers fetch past the
 * routes of a test, so both the site and Microsoft's CDN are servers of our own here, on two origins.
 */

const OFFICE_JS = join(dirname(createRequire(import.meta.url).resolve("@microsoft/office-js/package.json")), "dist");
const CDN = "https://appsforoffice.microsoft.com";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
};

let browser: Browser;
const servers: Server[] = [];
beforeAll(async () => {
  buildSiteIfNeeded();
  browser = await launch();
}, 240_000);
afterAll(async () => {
  await browser.close();
  await down();
});

/** Serves a folder; what stands for the CDN in pages and the service worker is put in on the way. */
async function serve(folder: string, prefix: string, cdn = CDN): Promise<string> {
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const file = join(folder, pathname.slice(prefix.length));
    if (!pathname.startsWith(prefix) || extname(file) === "" || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const bytes = readFileSync(file);
    const isOurs = file.endsWith(".html") || file.endsWith("service-worker.js");
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(isOurs ? bytes.toString("utf8").replaceAll(CDN, cdn) : bytes);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function down(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("the workbench without a network", () => {
  test("opens once it has been opened before, processes the sample and saves it", async () => {
    const site = await serve(SITE, "", await serve(OFFICE_JS, "/lib/1/hosted"));
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
    await down();
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
