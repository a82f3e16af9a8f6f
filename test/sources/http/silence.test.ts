// A stream may be silent for long: models think. This test has its own file, because undici keeps one timer for all
// requests, and that must be a fake one from the start.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { heyAfterDelta, heyUntilDelta } from "../../support/captured.ts";
import { createGate, start } from "../../support/live.ts";
import { serve } from "../../support/server.ts";

beforeEach(() => {
  // Only timers are fake: the network works as usual.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("A stream that is silent for an hour is not cut.", async () => {
  const gate = createGate();
  const { origin } = await serve({ body: [heyUntilDelta, gate.opened, heyAfterDelta] });
  const { stdout, exitCode } = start([origin]);
  await stdout.holds("hey");
  await vi.advanceTimersByTimeAsync(60 * 60 * 1000);
  gate.open();
  expect(await exitCode).toBe(0);
});
