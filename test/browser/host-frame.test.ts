import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import chromium from "@sparticuz/chromium";
import { build } from "esbuild";
import { chromium as playwright, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AddinReport } from "./host-frame/addin.js";
import type { OuterWindow } from "./host-frame/outer.js";

/**
 * The unmodified office.js in an iframe, on the host of our own: it must take it for Excel on the web. No server and no
 * network; every address is answered from the disk.
 */

const ORIGIN = "https://localhost:3000";
const OFFICE_CDN = "https://appsforoffice.microsoft.com/lib/1/hosted/";
const OFFICE_JS = join(dirname(createRequire(import.meta.url).resolve("@microsoft/office-js/package.json")), "dist");

async function startBrowser(): Promise<Browser | undefined> {
  const own = process.env.CHROMIUM_PATH;
  try {
    return await playwright.launch({
      executablePath: own ?? (await chromium.executablePath()),
      args: own === undefined ? chromium.args : ["--no-sandbox"],
      headless: true,
    });
  } catch (error) {
    console.warn(`no browser here, so the host frame is not tested: ${String(error)}`);
    return undefined;
  }
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "host-frame", entry)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]!.text;
}

const page = (...scripts: string[]): string =>
  `<!doctype html><meta charset="utf-8"><body>${scripts.map((src) => `<script src="${src}"></script>`).join("")}</body>`;

const browser = await startBrowser();

describe.skipIf(browser === undefined)("office.js in a frame of the host", () => {
  let outer: Page;

  beforeAll(async () => {
    const own: Record<string, { readonly body: string; readonly contentType: string }> = {
      "/host.html": { body: page("/outer.js"), contentType: "text/html" },
      "/addin.html": { body: page(`${OFFICE_CDN}office.js`, "/addin.js"), contentType: "text/html" },
      "/outer.js": { body: await bundle("outer.ts"), contentType: "text/javascript" },
      "/addin.js": { body: await bundle("addin.ts"), contentType: "text/javascript" },
    };
    outer = await browser!.newPage();
    await outer.route("**/*", async (route) => {
      const url = new URL(route.request().url());
      const answer = own[url.pathname];
      const file = join(OFFICE_JS, url.pathname.slice("/lib/1/hosted/".length));
      if (answer && url.origin === ORIGIN) await route.fulfill(answer);
      else if (url.href.startsWith(OFFICE_CDN) && existsSync(file)) {
        await route.fulfill({ contentType: "text/javascript", body: readFileSync(file) });
      } else await route.fulfill({ status: 404, body: "" });
    });
    await outer.goto(`${ORIGIN}/host.html`);
  });

  afterAll(async () => {
    await browser?.close();
  });

  it("reports Excel on the web, reads the ledger, writes it and hears of other people's edits", async () => {
    const frame = await outer.waitForSelector("iframe").then((handle) => handle.contentFrame());
    await frame!.waitForFunction(() => "report" in window);
    const report = await frame!.evaluate(() => (window as unknown as { report: Promise<AddinReport> }).report);
    expect(report).toEqual({
      info: { host: "Excel", platform: "OfficeOnline" },
      supports: [true, false],
      ids: ["C1", "C2"],
      changedCells: 3,
      failure: "ItemNotFound",
    });
    const values = await outer.evaluate(() => {
      const { host } = window as unknown as OuterWindow;
      return host.model.sheets[0]!.rows.map((row) => row!.values.slice(3));
    });
    expect(values).toEqual([["当前状态"], ["处理中"], ["处理中"]]);
    await outer.evaluate(() => {
      const { host, author } = window as unknown as OuterWindow;
      host.book.source = "Remote";
      author.type("投诉台账", "C3", "少三颗螺丝");
      host.book.events.flush();
    });
    await frame!.waitForFunction(() => (window as unknown as { events: string[] }).events.length > 0);
    expect(await frame!.evaluate(() => (window as unknown as { events: string[] }).events)).toEqual(["Remote C3"]);
  });
});
