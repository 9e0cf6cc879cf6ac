import { mkdirSync, writeFileSync } from "node:fs";
import { DRAWINGS } from "./icons/drawings.js";
import { encodePng } from "./icons/png.js";
import { draw } from "./icons/raster.js";

/** Draws assets/icons/*.png. Run it after a change to scripts/icons/drawings.ts. */

const FOLDER = new URL("../assets/icons/", import.meta.url);

mkdirSync(FOLDER, { recursive: true });
for (const [name, { layers, sizes }] of Object.entries(DRAWINGS)) {
  for (const size of sizes) writeFileSync(new URL(`${name}-${size}.png`, FOLDER), encodePng(draw(layers, size)));
}
