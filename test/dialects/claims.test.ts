// Each dialect claims its own events, and none of other dialects.
import { describe, expect, test } from "vitest";
import { isHeartbeat } from "../../src/dialects/detection.ts";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { allDialects } from "../../src/dialects/all-dialects.ts";
import { captures, withoutCaptures } from "../support/captures.ts";
import { claimantsOf, claimantsOfEvent, claims } from "../support/claims.ts";
import { fixtures } from "../support/fixtures.ts";
import { eventsOf, type NamedData, unnamed } from "../support/named-data.ts";
import { recordings } from "../support/recordings.ts";
import { streamsOf } from "../support/streams-of.ts";

/** Dialects that claim events; `generic` reads the rest. */
const known: readonly Dialect[] = allDialects().filter(({ isKnown }) => isKnown);

/** The fixtures of a dialect, each with its events. */
function streamsIn(dialect: string): { name: string; events: NamedData[] }[] {
  return fixtures
    .filter(({ name }) => name.startsWith(`${dialect}/`))
    .map(({ name, bytes }) => ({ name, events: eventsOf(bytes, !name.endsWith(".ndjson")) }));
}

/** Folders of captures whose name is not that of their dialect. */
const DIALECT_OF_FOLDER: Readonly<Record<string, string>> = { "bedrock-decoded": "bedrock" };
/** The dialects of streams in the folder `other`, if they are known. */
const OTHER_DIALECTS: ReadonlySet<string> = new Set(["", "mcp", "gemini-live"]);

/** All available inputs; recordings of other projects are outside of this one. */
const inputs = [
  ...fixtures.map(({ name, bytes }) => ({ name, bytes })),
  ...captures.map(({ name, bytes }) => ({ name: `captures/${name}`, bytes })),
  ...recordings.map(({ name, bytes }) => ({ name: `recordings/${name}`, bytes })),
];

/** The only events that another dialect than that of their stream claims: `stream <- claimant`. */
const RELATIONS: Readonly<Record<string, RegExp>> = {
  // Exceptions belong to Bedrock, whatever the model or agent, in frames or decoded by SDKs.
  "anthropic <- bedrock": /^aws-eventstream\/invoke-exception\.bin$/,
  "bedrock-llama <- bedrock": /^(?:aws-eventstream\/llama-exception\.bin|bedrock-llama\/error\.ndjson)$/,
  "bedrock-mistral <- bedrock": /^bedrock-mistral\/error\.ndjson$/,
  "bedrock-agent <- bedrock": /^aws-eventstream\/agent-exception\.bin$/,
  // A JSON-RPC error, which MCP sends in the same envelope.
  "a2a <- mcp": /^(?:a2a\/rpc-error|broken\/a2a-json-rpc-error)\.sse$/,
  // The example of a rule, which contains an event of another dialect on purpose.
  "openai-responses <- openai-chat": /^rules\/foreign-event\.invalid\.sse$/,
};

describe.each(known)("$name", (dialect) => {
  const streams = streamsIn(dialect.name);

  test("claims the first event of most of its fixtures", () => {
    const claimed = streams.filter(({ events: [first] }) => first !== undefined && claims(dialect, first));
    expect(claimed.length).toBeGreaterThan(streams.length / 2);
  });

  test("is detected in its fixtures", async () => {
    const other: string[] = [];
    for (const { name, bytes } of fixtures.filter(({ name }) => name.startsWith(`${dialect.name}/`))) {
      const [stream] = await streamsOf(name, bytes);
      if (stream?.dialect !== dialect.name) other.push(`${name}: ${stream?.dialect}`);
    }
    expect(other).toEqual([]);
  });
});

test("No dialect claims an event of another one's stream", async () => {
  const wrong: string[] = [];
  for (const { name, bytes } of inputs) {
    for (const { dialect, readings } of await streamsOf(name, bytes)) {
      const claimants = new Set(readings.flatMap(({ event, payload }) => claimantsOfEvent(event, payload)));
      for (const claimant of claimants) {
        const relation = `${dialect} <- ${claimant}`;
        if (claimant !== dialect && RELATIONS[relation]?.test(name) !== true) wrong.push(`${name}: ${relation}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

/** Streams whose first event does not identify their dialect. */
const LATER: ReadonlySet<string> = new Set([
  // Events of vendors and unknown events, before those of the dialect.
  "anthropic/unknown-events-and-fields.sse",
  "broken/openai-responses-vendor-events.sse",
  "broken/vendor-event-first.sse",
  "broken/null-before-chunks.sse",
  // An empty `response.in_progress`, which some servers send to keep any connection alive.
  "broken/in-progress-as-heartbeat.sse",
  "broken/openai-chat-in-progress-first.sse",
  // The first event has an id and no data, so that clients can resume there.
  "mcp/primed.sse",
  // An empty frame that any AWS operation can begin with.
  "aws-eventstream/initial-response.bin",
  // The JSON of the first event is broken.
  "captures/openai-responses/ai-sdk-openai-parallel-tool-call-wrapper.1.ndjson",
]);

test("The first event that is not a heartbeat identifies the dialect", async () => {
  const later = new Set<string>();
  for (const { name, bytes } of inputs) {
    for (const { dialect, readings } of await streamsOf(name, bytes)) {
      const first = readings.find(({ event, payload }) => !isHeartbeat(event, payload));
      if (first === undefined || dialect === null || dialect === "generic") continue;
      if (!claimantsOfEvent(first.event, first.payload).includes(dialect)) later.add(name);
    }
  }
  expect([...later].filter((name) => !LATER.has(name))).toEqual([]);
});

test("The generic dialect is the last, and names are unique", () => {
  const names: readonly string[] = allDialects().map(({ name }) => name);
  expect(names.at(-1)).toBe("generic");
  expect(new Set(names).size).toBe(names.length);
});

test("Only the stream's own dialect claims the events of a recorded stream", ({ skip }) => {
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
])("No dialect claims an ambiguous event: %j", (event) => {
  expect(claimantsOf(event)).toEqual([]);
});
