import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SITE } from "./support/pane-browser.js";
import { documentedHeaders, nginxBlocks } from "./support/site-server.js";
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

  test("loads first no more than it does: one script for the page, a worker without what judges", () => {
    const KB = 1000;
    const named = [...text("taskpane.html").matchAll(/src="(taskpane\.[^"]*\.js)"/g)].map(([, name]) => name!);
    const workers = scripts().filter((name) => name.startsWith("rules."));
    const bytes = (names: readonly string[]): number =>
      names.reduce((sum, name) => sum + statSync(join(SITE, name)).size, 0);
    expect([named.length, workers.length]).toEqual([1, 1]);
    expect(bytes(named)).toBeLessThan(650 * KB);
    expect(bytes(workers)).toBeLessThan(200 * KB);
    // Phrases of rules/lexicon/fire.txt, which the first ledger that is judged fetches.
    const holding = scripts().filter((name) => ["着了火", "着起火"].some((phrase) => text(name).includes(phrase)));
    expect(holding).not.toEqual([]);
    expect(holding.filter((name) => [...named, ...workers].includes(name))).toEqual([]);
  });

  test("names its own files by their place beside the page, so that it may lie under any path", () => {
    for (const name of [...pages(), "service-worker.js"]) {
      const named = [...text(name).matchAll(/(?:src|href|content)="([^"]*)"|"(\/[\w-]+[^"]*)"/g)].map(
        ([, attribute, quoted]) => attribute ?? quoted!,
      );
      expect([name, ...named.filter((one) => one.startsWith("/"))]).toEqual([name]);
    }
    expect(scripts().filter((name) => /\.p="\//.test(text(name)))).toEqual([]);
  });
});

describe("the headers in the deployment page", () => {
  test("stand once, where no inner location can drop them", () => {
    const [common, site] = nginxBlocks();
    expect(common).toContain("add_header X-Content-Type-Options nosniff");
    expect(site!.match(/^\s*location /gm)).toHaveLength(1);
    const inside = /location[^{]*\{([\s\S]*)\}/.exec(site!)![1]!;
    expect(inside).toContain("include /etc/nginx/tiaoli-headers.conf;");
    expect(inside.match(/add_header/g)).toHaveLength(1);
    expect(nginxBlocks().join("")).not.toContain("X-Frame-Options");
  });

  test("let Excel's pages frame the pane, and the workbench its own", () => {
    const { "Content-Security-Policy": policy } = documentedHeaders("/tiaoli/taskpane.html");
    expect(policy).toContain("frame-ancestors 'self' https://*.officeapps.live.com");
  });

  test("keep for a year what has a hash in its name, and nothing else of what is built", () => {
    const kept = files().filter((name) => documentedHeaders(`/tiaoli/${name}`)["Cache-Control"]?.includes("immutable"));
    expect(kept.filter((name) => !/\.[0-9a-f]{8,}\.\w+$/.test(name))).toEqual([]);
    expect(kept.length).toBeGreaterThan(20);
    const fresh = ["taskpane.html", "workbench.html", "manifest.xml", "rules/catalogue.json", "service-worker.js"];
    for (const name of [...fresh, ...scripts().filter((one) => !/\.[0-9a-f]{8,}\./.test(one))]) {
      expect([name, documentedHeaders(`/tiaoli/${name}`)["Cache-Control"]]).toEqual([name, "no-cache"]);
    }
    const hashed = scripts().filter((name) => /\.[0-9a-f]{8,}\.js$/.test(name));
    expect(hashed.filter((name) => !kept.includes(name))).toEqual([]);
  });
});
