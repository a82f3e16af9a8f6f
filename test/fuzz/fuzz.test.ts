// A short fuzzing run with a fixed seed, so that the inputs are the same every time. `npm run fuzz` tries other inputs.
import { describe, expect, test } from "vitest";
import { tried } from "../support/exhaustive.ts";
import { describeFailure, makeInput, tryInput } from "./campaign.ts";
import { reduce } from "./reduce.ts";
import { targets } from "./targets/index.ts";
import { judge, type Trial } from "./trial.ts";

const SEED = "ci";
/** Captures are cheap and find the most; responses need a connection for each reading. */
const INPUTS: Readonly<Record<string, number>> = { captures: tried(50, 300) };
const INPUTS_OF_OTHERS = tried(6, 60);

test.each(targets.map((target) => [target.name, target] as const))(
  "A changed input of %s causes no crash, breaks no promise, and gives the same result in all ways of reading",
  async (name, target) => {
    for (let number = 0; number < (INPUTS[name] ?? INPUTS_OF_OTHERS); number += 1) {
      const failures = await tryInput(SEED, makeInput(target, SEED, number));
      expect(failures.map((failure) => describeFailure(SEED, failure))).toEqual([]);
    }
  },
);

test("Target, seed and number determine an input", () => {
  for (const target of targets) {
    expect(makeInput(target, "a", 7)).toEqual(makeInput(target, "a", 7));
    expect(makeInput(target, "a", 7).bytes).not.toEqual(makeInput(target, "b", 7).bytes);
  }
});

const CUTS = { seed: "cuts", original: "" };

function trialOf(...outputs: readonly Trial["outputs"][number]["of"][]): Trial {
  return { name: "trial", outputs: outputs.map((of, way) => ({ way: String(way), of })) };
}

async function asItIs(input: Uint8Array): Promise<string> {
  return Buffer.from(input).toString();
}

describe("A fault", () => {
  test("is an output that differs from the first one, with the place of the difference", async () => {
    const trial = trialOf(
      async () => '{"verdict":"completed"}',
      async () => '{"verdict":"failed"}',
    );
    expect(await judge(trial, Buffer.from("x"), CUTS)).toMatchObject({
      way: "1",
      sort: 'difference after "verdict"',
      detail: expect.stringContaining(String.raw`{\"verdict\":\"failed\"}`),
    });
  });

  test("is an exception", async () => {
    const trial = trialOf(async () => {
      throw new RangeError("too deep");
    });
    expect(await judge(trial, Buffer.from("x"), CUTS)).toMatchObject({ sort: expect.stringMatching("too deep") });
  });

  test("is not found if all outputs are the same", async () => {
    expect(await judge(trialOf(asItIs, asItIs), Buffer.from("x"), CUTS)).toBeNull();
  });
});

test("A reduced input has only the bytes that cause the fault", async () => {
  const input = Buffer.from("one line\nanother fault line\nthe last\xff line\n", "latin1");
  const reduced = await reduce(input, async (bytes) => bytes.includes("fault") && bytes.includes(0xff));
  expect(reduced).toEqual(Buffer.from("fault\xff", "latin1"));
});
