import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import CopyPlugin from "copy-webpack-plugin";
import { EsbuildPlugin } from "esbuild-loader";
import HtmlPlugin from "html-webpack-plugin";
import webpack from "webpack";

/**
 * The static site: the task pane (with the ribbon's commands, in one shared runtime), the worker in which rules run, and
 * the workbench. `scripts/build-site-rules.ts` writes the rules into dist/site/rules first.
 *
 * Office.js comes from Microsoft's CDN in what an administrator deploys (`--env officeJs=...` for another CDN, as 21Vianet
 * asks for), and from node_modules while developing, so that no internet is needed.
 */
const ROOT = import.meta.dirname;
const OUT = join(ROOT, "dist", "site");
const OFFICE_JS_CDN = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const OFFICE_JS = dirname(createRequire(import.meta.url).resolve("@microsoft/office-js/package.json")) + "/dist";
const WORKBENCH = join(ROOT, "src", "workbench", "page");
const ASSETS = join(ROOT, "assets");
/**
 * As old as the web views that Office documents for the versions it supports: WebView2, which keeps itself new, and the
 * WebKit of macOS. Syntax is lowered to this; of what can't be lowered (lookbehind) there is none, see
 * test/browser/site-files.test.ts.
 */
const TARGET = ["chrome87", "safari14.1"];

/** What the pages may load: nothing from anywhere else, no code made from text. */
function contentSecurityPolicy(officeJs) {
  const office = officeJs.startsWith("https:") ? ` ${new URL(officeJs).origin}` : "";
  return [
    "default-src 'none'",
    `script-src 'self'${office}`,
    // Fluent UI and CodeMirror write their styles at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${office}`,
    "worker-src 'self'",
    // office.js asks a page of its own, in a frame, whether an Excel on the web that it doesn't know is trusted.
    `frame-src 'self'${office}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const SERVICE_WORKER = "service-worker.js";
/** What the workbench does without: the probe, and what only Excel reads. */
const ONLINE_ONLY = /^(?:probe\.|manifest\.xml$)|\.map$/;

/** Writes the workbench's service worker, with the list of the site's files and a name that changes with any of them. */
class OfflinePlugin {
  constructor(officeJs) {
    this.office = officeJs.startsWith("https:") ? new URL(officeJs).origin : "";
  }

  apply(compiler) {
    compiler.hooks.thisCompilation.tap("Offline", (compilation) => {
      const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT;
      compilation.hooks.processAssets.tap({ name: "Offline", stage }, () => {
        const made = Object.keys(compilation.assets).filter((name) => !ONLINE_ONLY.test(name));
        const rules = readdirSync(join(OUT, "rules"), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(OUT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
        const files = [...new Set([...made, ...rules])].sort();
        const version = createHash("sha256");
        for (const name of files) {
          version.update(name).update(compilation.assets[name]?.source() ?? readFileSync(join(OUT, name)));
        }
        const script = readFileSync(join(WORKBENCH, SERVICE_WORKER), "utf8")
          .replace('"%FILES%"', JSON.stringify(JSON.stringify(files)))
          .replace("%VERSION%", version.digest("hex").slice(0, 12))
          .replace("%OFFICE%", this.office);
        compilation.emitAsset(SERVICE_WORKER, new webpack.sources.RawSource(script));
      });
    });
  }
}

/** The manifest for a site at this address, e.g. `https://tools.example.com/tiaoli`; unchanged if none is given. */
function withAddress(manifest, address) {
  return address ? manifest.replaceAll("https://localhost:3000", address.replace(/\/+$/, "")) : manifest;
}

/** Certificates that `npx office-addin-dev-certs install` makes, for trying the add-in out in a real Excel. */
function excelServer() {
  const folder = join(homedir(), ".office-addin-dev-certs");
  const file = (name) => readFileSync(join(folder, name));
  return { type: "https", options: { ca: file("ca.crt"), cert: file("localhost.crt"), key: file("localhost.key") } };
}

export default (env = {}, argv = {}) => {
  const production = argv.mode !== "development";
  // Webpack cleans its own folder only.
  if (production) rmSync(join(OUT, "..", "site-maps"), { recursive: true, force: true });
  const officeJs = env.officeJs ?? process.env.TIAOLI_OFFICE_JS ?? (production ? OFFICE_JS_CDN : "office-js/office.js");
  const workbench = existsSync(join(WORKBENCH, "index.tsx"));
  const pages = [
    { chunk: "taskpane", template: join(ROOT, "src", "taskpane", "index.html"), filename: "taskpane.html" },
    { chunk: "probe", template: join(ROOT, "src", "probe", "page", "index.html"), filename: "probe.html" },
    ...(workbench ? [{ chunk: "workbench", template: join(WORKBENCH, "index.html"), filename: "workbench.html" }] : []),
  ];
  return {
    mode: production ? "production" : "development",
    context: ROOT,
    entry: {
      taskpane: "./src/taskpane/index.tsx",
      probe: "./src/probe/page/index.ts",
      ...(workbench ? { workbench: "./src/workbench/page/index.tsx" } : {}),
    },
    output: {
      path: OUT,
      filename: production ? "[name].[contenthash:8].js" : "[name].js",
      chunkFilename: production ? "[name].[contenthash:8].js" : "[name].js",
      assetModuleFilename: "assets/[name].[contenthash:8][ext]",
      // The rules are written by their own script.
      clean: { keep: /^rules\// },
    },
    // Beside the site, not in it: whoever serves the folder does not serve the sources.
    devtool: production ? false : "source-map",
    resolve: {
      extensions: [".ts", ".tsx", ".js"],
      // Sources import each other as `.js`, as Node's modules do.
      extensionAlias: { ".js": [".ts", ".tsx", ".js"] },
    },
    module: {
      rules: [
        { test: /\.tsx?$/, loader: "esbuild-loader", options: { target: TARGET, jsx: "automatic", charset: "utf8" } },
        // This package calls itself CommonJS but ships a module as well.
        { test: /chinese-days[\\/]dist[\\/]index\.es\.js$/, type: "javascript/esm" },
        { test: /\.(png|svg)$/, type: "asset/resource" },
        // Put into the page by its script, as Fluent UI does with its own.
        { test: /\.css$/, type: "asset/source" },
      ],
    },
    optimization: {
      minimizer: [new EsbuildPlugin({ target: TARGET, legalComments: "none", charset: "utf8" })],
      // One script to start with: Excel's frame opens faster with one request than with many.
      splitChunks: { chunks: "async" },
    },
    performance: { hints: false },
    plugins: [
      ...(production && workbench ? [new OfflinePlugin(officeJs)] : []),
      ...(production ? [new webpack.SourceMapDevToolPlugin({ filename: "../site-maps/[file].map", append: false })] : []),
      ...pages.map(
        ({ chunk, template, filename }) =>
          new HtmlPlugin({
            template,
            filename,
            chunks: [chunk],
            scriptLoading: "defer",
            templateParameters: {
              officeJs,
              contentSecurityPolicy: contentSecurityPolicy(officeJs),
              serviceWorker: production ? SERVICE_WORKER : "",
            },
          }),
      ),
      new CopyPlugin({
        patterns: [
          ...(existsSync(ASSETS) && readdirSync(ASSETS).length > 0 ? [{ from: ASSETS, to: "assets" }] : []),
          { from: "src/taskpane/start.js", info: { minimized: true } },
          { from: "manifest.xml", transform: (content) => withAddress(String(content), process.env.TIAOLI_URL) },
          {
            from: "src/probe/page/probe.xml",
            transform: (content) => withAddress(String(content), process.env.TIAOLI_URL),
          },
          { from: "templates/sample-ledger.xlsx", to: "templates" },
          ...(officeJs.startsWith("https:")
            ? []
            : [{ from: OFFICE_JS, to: "office-js", globOptions: { ignore: ["**/*.d.ts", "**/*.map"] }, info: { minimized: true } }]),
        ],
      }),
    ],
    devServer: {
      static: { directory: OUT, publicPath: "/", watch: false },
      host: "localhost",
      port: 3000,
      hot: false,
      client: { overlay: false },
      // Excel wants https; the workbench does without, so that no certificate is needed.
      ...(env.excel ? { server: excelServer() } : { open: env.quiet ? false : ["/workbench.html"] }),
      headers: { "Access-Control-Allow-Origin": "*" },
    },
    stats: "errors-warnings",
  };
};
