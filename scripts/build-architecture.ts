import { readFileSync, writeFileSync } from "node:fs";
import { ROOMS } from "../layers.js";

/** The table of rooms in docs/architecture.md, made from the layers that the linter holds the code to. */
const PAGE = "docs/architecture.md";
const BEGIN = "<!-- rooms: made from layers.js by `npm run architecture` -->";
const END = "<!-- end of rooms -->";

/** The page with its table of rooms made anew; the rest stays. */
export function architecturePage(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${PAGE} has lost the marks of its table of rooms`);
  return page.slice(0, begin + BEGIN.length) + roomsTable() + page.slice(end);
}

function roomsTable(): string {
  const rows = ROOMS.map(
    ({ path, what, may, pure }) =>
      `| \`${path}\` | ${what}${pure ? " (pure)" : ""} | ${may.map((room) => `\`${room.slice("src/".length)}\``).join(", ") || "nothing of ours"} |`,
  );
  return ["", "| room | what it is for | may import |", "|---|---|---|", ...rows, ""].join("\n");
}

if (process.argv[1]?.endsWith("build-architecture.ts"))
  writeFileSync(PAGE, architecturePage(readFileSync(PAGE, "utf8")));
