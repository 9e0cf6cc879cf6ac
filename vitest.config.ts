import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    globalSetup: ["test/global-setup.ts"],
    setupFiles: ["test/property-seed.ts"],
    testTimeout: 60_000,
    // What a pane shows is waited for: on a busy machine its answer may take seconds.
    expect: { poll: { timeout: 15_000, interval: 100 } },
    // Left to itself it keeps one core for itself, which on a machine with two is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
