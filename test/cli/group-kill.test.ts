import { expect, it } from "vitest";
import { killedGroup, plainGroup } from "../../scripts/fuzz/group-kills.js";
import { Random } from "../../scripts/fuzz/random.js";
import { prepare } from "../../scripts/fuzz/command.js";

/** `npm run fuzz -- group-kills` plays this at length. */
it("a group whose run is killed again and again has whole workbooks, and ends with the bytes of a run undisturbed", async () => {
  prepare();
  const plain = await plainGroup();
  expect([...plain.after.keys()].sort()).toEqual([...plain.before.keys()].sort());
  expect(await killedGroup(plain, new Random(20261129), 3)).toBeGreaterThan(0);
}, 300_000);
