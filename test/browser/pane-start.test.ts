import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, SITE } from "./support/pane-browser.js";
import { buildSiteIfNeeded } from "./support/site.js";

/** The pane's page where it can't come up: it says why after ten seconds, and offers to try again. */

const ORIGIN = "https://localhost:3000";
const OFFICE_CDN = "https://appsforoffice.microsoft.com/lib/1/hosted/";
const OFFICE_JS = join(dirname(createRequire(import.meta.url).resolve("@microsoft/office-js/package.json")), "dist");
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };

let browser: Browser;
beforeAll(async () => {
  buildSiteIfNeeded();
  browser = await launch();
}, 240_000);
afterAll(() => browser.close());

type Trouble = (route: Route, url: URL) => Promise<boolean>;

const blocked: Trouble = async (route, url) => {
  if (!url.href.startsWith(OFFICE_CDN)) return false;
  await route.abort();
  return true;
};
const swallowed: Trouble = (_, url) => Promise.resolve(url.href.startsWith(OFFICE_CDN));
const tooOld: Trouble = async (route, url) => {
  if (!/taskpane\.\w+\.js$/.test(url.pathname)) return false;
  await route.fulfill({ contentType: "text/javascript", body: "class A { static { } ??? }" });
  return true;
};
const none: Trouble = () => Promise.resolve(false);

async function openWith(trouble: Trouble, locale: string): Promise<Page> {
  const page = await browser.newPage({ locale, viewport: { width: 320, height: 600 } });
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (await trouble(route, url)) return;
    const office = url.href.startsWith(OFFICE_CDN);
    const file = office ? join(OFFICE_JS, url.pathname.slice("/lib/1/hosted/".length)) : join(SITE, url.pathname);
    if (existsSync(file))
      await route.fulfill({ contentType: TYPES[extname(file)] ?? "text/plain", body: readFileSync(file) });
    else await route.fulfill({ status: 404, body: "" });
  });
  await page.goto(`${ORIGIN}/taskpane.html`, { waitUntil: "commit" });
  return page;
}

describe("a pane that can't come up says why after ten seconds", () => {
  test.concurrent.each([
    ["Office.js blocked", blocked, "zh-CN", /Office\.js/, "重试"],
    ["Office.js neither coming nor failing", swallowed, "en-US", /Office\.js/, "Try again"],
    ["a web view too old for the program", tooOld, "zh-CN", /太旧/, "重试"],
    ["opened outside Excel", none, "zh-CN", /要在 Excel 里打开/, "重试"],
  ] as const)(
    "%s",
    async (_, trouble, locale, sentence, button) => {
      const page = await openWith(trouble, locale);
      const alert = page.getByRole("alert");
      await alert.waitFor({ timeout: 20_000 });
      expect(await alert.textContent()).toMatch(sentence);
      await page.getByRole("button", { name: button }).waitFor();
      await page.close();
    },
    60_000,
  );
});
