// Cases of the standard, collected from the test suites of browsers and libraries; each names its source.
import { describe, expect, test } from "vitest";
import { chunkings } from "../support/chunkings.ts";
import { cutAtSizes, cutsInTwo } from "./support/cuts.ts";
import { commentsOf, endOf, eventsOf, readSse, retriesOf } from "./support/read-records.ts";
import { type SseCase, sseCases } from "./support/sse-cases.ts";

const LONGEST_CUT_EVERYWHERE = 160;

/**
 * `trailing` means that the standard discards something at the end; `pending` contains it only if it is an event: a
 * type or data. In these cases it is neither.
 */
const TRAILING_WITHOUT_EVENT = new Set([
  "id line at the end without blank line",
  "retry line without a line end is pending data",
  "complete event then a partial field name",
]);

test("there are 115 cases, with unique names", () => {
  expect(new Set(sseCases.map(({ name }) => name)).size).toBe(115);
});

describe.each(sseCases)("$name ($source)", (sseCase) => {
  const { input } = sseCase;
  const records = readSse(input);

  test("gives the events of the standard", () => {
    const events = eventsOf(records);
    expect(events.map(({ event, data, lastEventId }) => ({ type: event, data, lastEventId }))).toEqual(sseCase.events);
    expect(events.map(({ index }) => index)).toEqual([...events.keys()]);
  });

  test("ends with the right reconnection time, last id, and pending event", () => {
    expect(retriesOf(records).at(-1) ?? null).toBe(sseCase.retry);
    const end = endOf(records);
    expect(end).toMatchObject({
      bytes: input.length,
      events: sseCase.events.length,
      lastEventId: sseCase.finalLastEventId,
    });
    expect(end.pending !== null).toBe(sseCase.trailing && !TRAILING_WITHOUT_EVENT.has(sseCase.name));
  });

  test.each(cutsOf(sseCase))("gives the same records $name", ({ ways }) => {
    for (const pieces of ways) expect(readSse(...pieces)).toEqual(records);
  });
});

const casesWithComments = sseCases.filter(({ comments }) => comments !== null);

test.each(casesWithComments)("comments keep all text after their colon: $name", ({ input, comments }) => {
  expect(commentsOf(readSse(input))).toEqual(comments);
});

interface Cuts {
  readonly name: string;
  readonly ways: readonly (readonly Uint8Array[])[];
}

function cutsOf({ input, chunkSizes }: SseCase): Cuts[] {
  const cuts: Cuts[] = chunkings.map((chunking) => ({ name: chunking.name, ways: [chunking.cut(input)] }));
  if (chunkSizes !== null) cuts.push({ name: "in the chunks of the case", ways: [cutAtSizes(input, chunkSizes)] });
  if (input.length <= LONGEST_CUT_EVERYWHERE) cuts.push({ name: "wherever it is cut in two", ways: cutsInTwo(input) });
  return cuts;
}
