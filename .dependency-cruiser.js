import { HOSTS, ROOMS } from "./layers.js";

/** As a regular expression: below the room's folder, but in none of the rooms inside it. */
function inRoom({ path }) {
  const inner = ROOMS.filter((other) => other.path.startsWith(`${path}/`)).map((other) => other.path.slice(path.length + 1));
  return inner.length === 0 ? `^${path}/` : `^${path}/(?!(?:${inner.join("|")})/)`;
}

const byPath = new Map(ROOMS.map((room) => [room.path, room]));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circle",
      comment: "Two files that import each other want a third below them. Only the host mirrors a graph that has circles: Excel's own.",
      severity: "error",
      from: { pathNot: "^src/workbench/host/" },
      to: { circular: true },
    },
    ...ROOMS.map((room) => ({
      name: `room-${room.path.slice("src/".length)}`,
      comment: `${room.path} may import from ${room.may.join(", ") || "no other room"} (layers.js).`,
      severity: "error",
      from: { path: inRoom(room) },
      to: { path: "^src/", pathNot: [room, ...room.may.map((path) => byPath.get(path))].map(inRoom) },
    })),
    {
      name: "pure",
      comment: "Pure rooms do no I/O and know no host.",
      severity: "error",
      from: { path: ROOMS.filter(({ pure }) => pure).map(inRoom) },
      to: { path: HOSTS.map((name) => `node_modules/${name}/`) },
    },
    {
      name: "pure-core",
      comment: "Pure rooms do no I/O and know no host.",
      severity: "error",
      from: { path: ROOMS.filter(({ pure }) => pure).map(inRoom) },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "every-room-is-named",
      comment: "A new folder of src is a new room: say in layers.js what it is for and what it may import.",
      severity: "error",
      from: { path: "^src/", pathNot: ROOMS.map(inRoom) },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.json$" },
  },
};
