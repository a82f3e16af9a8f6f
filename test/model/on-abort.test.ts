import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { onAbort, untilAborted } from "../../src/model/on-abort.ts";

const never = new Promise<string>(() => {});

describe("A callback of an abort", () => {
  test("is called once, and not after it was removed.", () => {
    const abort = new AbortController();
    const [kept, forgotten] = [vi.fn<() => void>(), vi.fn<() => void>()];
    onAbort(abort.signal, kept);
    onAbort(abort.signal, forgotten)();
    abort.abort();
    expect(kept).toHaveBeenCalledTimes(1);
    expect(forgotten).not.toHaveBeenCalled();
  });

  test("is called at once if the signal is already aborted.", () => {
    const callback = vi.fn<() => void>();
    onAbort(AbortSignal.abort(), callback)();
    expect(callback).toHaveBeenCalledTimes(1);
  });
});

describe("Work until an abort", () => {
  test.each([
    ["done", async () => "done"],
    [
      "failed",
      async () => {
        throw new Error("failed");
      },
    ],
  ])("settles as it does (%s), and leaves no listener.", async (said, work) => {
    const { signal } = new AbortController();
    const outcome = await untilAborted(work(), signal).catch((error: unknown) => String(error));
    expect(outcome).toContain(said);
    await Promise.resolve();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("ends with the signal's reason, or with the given result.", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(untilAborted(never, signal)).rejects.toThrow("enough");
    expect(await untilAborted(never, signal, "nothing")).toBe("nothing");
  });
});
