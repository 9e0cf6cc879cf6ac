import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SITE } from "./support/pane-browser.js";
import { buildSiteIfNeeded } from "./support/site.js";

/** What an administrator puts on a server: the built files themselves, read as texts. */

beforeAll(buildSiteIfNeeded, 240_000);

const files = (): string[] => readdirSync(SITE, { recursive: true, encoding: "utf8" });
const text = (name: string): string => readFileSync(join(SITE, name), "utf8");
const scripts = (): string[] => files().filter((name) => name.endsWith(".js") && !name.startsWith("office-js"));
const pages = (): string[] => files().filter((name) => name.endsWith(".html") && !name.startsWith("assets"));

/** Regular expressions that look back are no syntax a compiler lowers: Safari before 16.4 refuses the whole script. */
const LOOKS_BACK = /\(\?<[=!]/;
/** Blocks in classes: Chromium before 94 and Safari before 16.4. */
const STATIC_BLOCK = /[{};]static\s*\{/;

describe("the site", () => {
  test.each([
    ["looks back in a regular expression", LOOKS_BACK],
    ["has a static block", STATIC_BLOCK],
  ])("has no script that %s, which older web views can't read", (_, pattern) => {
    expect(scripts().length).toBeGreaterThan(3);
    expect(scripts().filter((name) => pattern.test(text(name)))).toEqual([]);
  });

  test("ships no source maps; they lie beside it", () => {
    expect(files().filter((name) => name.endsWith(".map"))).toEqual([]);
    expect(scripts().filter((name) => text(name).includes("sourceMappingURL"))).toEqual([]);
    expect(existsSync(join(SITE, "..", "site-maps"))).toBe(true);
  });

  test("has its own policy in every page: no inline script, no code made from text, nothing from elsewhere", () => {
    expect(pages().sort()).toEqual(["probe.html", "taskpane.html", "workbench.html"]);
    for (const name of pages()) {
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text(name))?.[1] ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe-eval");
      expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toContain("unsafe-inline");
      expect(text(name)).not.toMatch(/<script(?![^>]*\bsrc=)/);
    }
  });

  test("has the probe's own manifest, at the same address as the add-in's", () => {
    const address = (name: string): string | undefined => /(https:\/\/[^"]*)\/assets/.exec(text(name))?.[1];
    expect(address("probe.xml")).toBe(address("manifest.xml"));
    expect(text("probe.xml")).toContain("/probe.html");
  });
});
