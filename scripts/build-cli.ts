import { build } from "esbuild";

/** Bundles the command into one file: a short start matters more than readable output (Node reads one file instead of a hundred). */
await build({
  entryPoints: ["src/cli/main.ts"],
  outdir: "dist/cli",
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
});
