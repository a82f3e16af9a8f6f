// Each dialect claims its own events, and no other dialect's.
import { describe, expect, test } from "vitest";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { dialects } from "../../src/dialects/index.ts";
import { captures, withoutCaptures } from "../support/captures.ts";
import { claimantsOf, claims } from "../support/claims.ts";
import { fixtures } from "../support/fixtures.ts";
import { eventsOf, type NamedData, unnamed } from "../support/named-data.ts";

/** Those that claim events; `generic` takes what no other does. */
const known: readonly Dialect[] = dialects.filter(({ isKnown }) => isKnown);

/** The fixtures of a dialect, each with its events. */
function streamsOf(dialect: string): { name: string; events: NamedData[] }[] {
  return fixtures
    .filter(({ name }) => name.startsWith(`${dialect}/`))
    .map(({ name, bytes }) => ({ name, events: eventsOf(bytes, !name.endsWith(".ndjson")) }));
}

/** Folders of captures that are not named like their dialect. */
const DIALECT_OF_FOLDER: Readonly<Record<string, string>> = { "bedrock-decoded": "bedrock" };
/** What the streams of the folder `other` are of, if they are of a known dialect. */
const OTHER_DIALECTS: ReadonlySet<string> = new Set(["", "mcp", "gemini-live"]);

describe.each(known)("$name", (dialect) => {
  const streams = streamsOf(dialect.name);

  test("claims the first event of most of its fixtures", () => {
    const claimed = streams.filter(({ events: [first] }) => first !== undefined && claims(dialect, first));
    expect(claimed.length).toBeGreaterThan(streams.length / 2);
  });

  test("claims no event that is written for another dialect", () => {
    const others = known.filter(({ name }) => name !== dialect.name).flatMap(({ name }) => streamsOf(name));
    const taken = others.filter(({ events }) => events.some((event) => claims(dialect, event)));
    expect(taken.map(({ name }) => name)).toEqual([]);
  });
});

test("The one that takes what no other does is the last, and each has a name of its own", () => {
  const names: readonly string[] = dialects.map(({ name }) => name);
  expect(names.at(-1)).toBe("generic");
  expect(new Set(names).size).toBe(names.length);
});

test("The events of a recorded stream are claimed by the stream's dialect, and by no other", ({ skip }) => {
  skip(...withoutCaptures);
  const claimants = captures.map(({ name, folder, isSse, bytes }) => ({
    name,
    folder,
    found: [...new Set(eventsOf(bytes, isSse).flatMap(claimantsOf))],
  }));
  const unlike = claimants.filter(({ folder, found }) => {
    if (folder === "other") return !OTHER_DIALECTS.has(found.join());
    return found.join() !== (DIALECT_OF_FOLDER[folder] ?? folder);
  });
  expect(unlike).toEqual([]);
});

test.each<NamedData>([
  unnamed({}),
  unnamed({ type: "finish" }),
  unnamed({ type: "error", message: "no" }),
  unnamed({ type: "data-weather" }),
  unnamed({ status: "pulling manifest" }),
  unnamed({ model: "a", done: true }),
  unnamed({ model: "a", created_at: 1, done: false }),
  unnamed({ jsonrpc: "1.0", id: 0, result: {} }),
  unnamed([]),
  unnamed("message-start"),
  { event: "message", data: "[DONE]" },
  { event: "message", data: "hello" },
  { event: "message", data: "/messages" },
  { event: "endpoint", data: "hello" },
])("No dialect claims an event that may be anybody's: %j", (event) => {
  expect(claimantsOf(event)).toEqual([]);
});
