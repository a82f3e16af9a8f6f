// Binary frames over HTTP: shown as they arrive, recorded, and replayed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { createGate, start } from "../support/live.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";
import { serve } from "../support/server.ts";

const MEDIA_TYPE = "application/vnd.amazon.eventstream";
const { bytes } = fixtureNamed("aws-eventstream/converse-text.bin");

test("A frame is shown as soon as it is complete, however few bytes arrived", async () => {
  const gate = createGate();
  const half = bytes.length / 2;
  const body = [bytes.subarray(0, half), gate.opened, bytes.subarray(half)];
  const { origin } = await serve({ headers: { "content-type": MEDIA_TYPE }, body });
  const live = start([origin]);
  await live.stdout.holds("Low tide at ");
  gate.open();
  expect(await live.exitCode).toBe(0);
  expect(live.stdout.text()).toBe("Low tide at neun Uhr früh.");
});

test("A recording has the same bytes and contains their times", async () => {
  const { origin } = await serve({ headers: { "content-type": MEDIA_TYPE }, body: bytes });
  const path = join(temporaryDirectory(), "capture.bin");
  await run([origin, "--record", path]);
  expect(readFileSync(path)).toEqual(Buffer.from(bytes));
  const report = parseReport((await run([path, "--json"])).stdout);
  expect(report).toMatchObject({ framing: "aws-eventstream", http: { contentType: MEDIA_TYPE }, findings: [] });
  expect(report.timing?.ttfbMs ?? null).not.toBeNull();
});

test("A replay sends the content type", async () => {
  const { origin } = await serveReplay(bytes);
  const response = await fetch(origin);
  expect(response.headers.get("content-type")).toBe(MEDIA_TYPE);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(bytes));
});

test("A wrong content type is reported, also one that is not kept", async () => {
  const { origin } = await serve({ headers: { "content-type": "text/event-stream" }, body: bytes });
  const { findings } = parseReport((await run([origin, "--json"])).stdout);
  expect(findings).toMatchObject([{ rule: "content-type", expected: MEDIA_TYPE, seen: "text/event-stream" }]);
});
