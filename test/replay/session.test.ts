// `ssescope replay` serves the sessions that `ssescope tap --record` writes.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { jumpingClock } from "../support/clocks.ts";
import { temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { type Answer, HANG_UP, RESET, serve } from "../support/server.ts";
import { untimed } from "../support/untimed.ts";

const hey = fixtureNamed("openai-responses/hey.sse").bytes;
const call = fixtureNamed("openai-responses/function-call.sse").bytes;
const message = fixtureNamed("anthropic/text.sse").bytes;
const DOCUMENT = JSON.stringify({ object: "chat.completion", choices: [{ index: 0, message: { content: "é" } }] });

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

const STREAM = '{"model":"m","stream":true,"input":"call"}';

/** The requests of a session, in order. */
const CONVERSATION: readonly Asked[] = [
  { method: "POST", path: "/v1/responses?b=2&a=1", body: STREAM },
  { method: "POST", path: "/v1/responses?b=2&a=1", body: '{"model":"m","stream":true,"input":"result"}' },
  { method: "GET", path: "/v1/models?key=sk-very-secret" },
  { method: "POST", path: "/v1/chat/completions", body: '{"model":"m","messages":[]}' },
  { method: "POST", path: "/v1/messages", body: '{"model":"c","stream":true,"n":1}' },
  { method: "POST", path: "/v1/messages", body: '{"model":"c","stream":true,"n":1}' },
  { method: "POST", path: "/v1/messages", body: '{"model":"c","stream":true,"n":2}' },
  { method: "POST", path: "/v1/messages", body: '{"model":"c","stream":true,"n":3}' },
  { method: "DELETE", path: "/v1/responses/resp_1" },
  { method: "POST", path: "/v1/messages", body: '{"model":"c","stream":true,"n":4}' },
];

const JSON_TYPE = { "content-type": "application/json" };
const lengthOf = (text: string) => ({ "content-length": String(Buffer.byteLength(text)) });

/** The server's responses, in order. */
const ANSWERS: readonly Answer[] = [
  { body: [call.subarray(0, 400), call.subarray(400)] },
  { body: hey, headers: { "content-type": "text/event-stream; charset=utf-8", "x-request-id": "req_1" } },
  { body: '{"object":"list","data":[]}', headers: JSON_TYPE },
  { body: DOCUMENT, headers: { ...JSON_TYPE, ...lengthOf(DOCUMENT) } },
  { status: 429, body: '{"type":"error"}', headers: { ...JSON_TYPE, "retry-after": "1" } },
  { body: message },
  { body: [message.subarray(0, 500), RESET] },
  { body: [message.subarray(0, 600), HANG_UP] },
  { status: 204, body: "", headers: {} },
  { body: [RESET] },
];

/** A response as a client sees it. */
async function ask(origin: string, { method, path, body }: Asked) {
  const init = { method, ...(body !== undefined && { body, headers: JSON_TYPE }) };
  const response = await fetch(origin + path, init).catch(() => null);
  if (response === null) return { failed: true };
  const chunks: Uint8Array[] = [];
  let failed = false;
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  } catch {
    failed = true;
  }
  const kept = ["content-type", "content-length", "retry-after", "x-request-id"];
  const headers = Object.fromEntries(kept.map((name) => [name, response.headers.get(name)]));
  return { status: response.status, headers, body: Buffer.concat(chunks).toString(), failed };
}

/** Taps a server until `use` has run and `count` exchanges are over; returns the folder of the session. */
async function record(
  upstream: string,
  count: number,
  use: (origin: string) => Promise<void>,
  ...options: readonly string[]
): Promise<string> {
  const folder = join(temporaryDirectory(), "session");
  const { stdout, stderr, exitCode, interrupt } = start(["tap", upstream, "--record", folder, ...options]);
  await stderr.holds("for programs");
  await use(stdout.text().trim().split("\n")[0] ?? "");
  const reportCount = () => readFileSync(join(folder, "exchanges.ndjson"), "utf8").split("\n").length - 1;
  await expect.poll(reportCount).toBe(count);
  interrupt();
  await exitCode;
  return folder;
}

async function serveSession(folder: string, ...argv: readonly string[]) {
  const { stdout, stderr, interrupt, exitCode } = start(["replay", folder, "--speed", "max", ...argv], {
    clock: jumpingClock(),
  });
  await stderr.holds("for clients");
  return { origin: stdout.text().trim(), stderr, stop: () => (interrupt(), exitCode) };
}

const upstreamOf = (answers: readonly Answer[]) => {
  let next = 0;
  return serve(() => answers[(next += 1) - 1] ?? { status: 500, body: "too many requests" });
};

async function recordedSession(base = ""): Promise<{ folder: string; seen: unknown[] }> {
  const upstream = await upstreamOf(ANSWERS);
  const seen: unknown[] = [];
  const folder = await record(upstream.origin + base, CONVERSATION.length, async (origin) => {
    for (const asked of CONVERSATION) seen.push(await ask(origin, asked));
  });
  return { folder, seen };
}

/** The reports of a session, without addresses and times. */
function reportsOf(folder: string): unknown[] {
  const lines = readFileSync(join(folder, "exchanges.ndjson"), "utf8").trimEnd().split("\n");
  return lines
    .map((line): Report => JSON.parse(line.replaceAll(/127\.0\.0\.1:\d+/g, "SERVER")))
    .sort((a, b) => (a.request?.exchange ?? 0) - (b.request?.exchange ?? 0))
    .map(comparable);
}

function comparable(report: Report): object {
  const { http, request } = report;
  const responses = report.responses.map(untimed);
  const [status, path, stream] = [http?.status, request?.path, request?.stream];
  return { ...report, startedAt: null, timing: null, http: null, request: null, status, path, stream, responses };
}

function bytesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => /^\d+-[^.]*\.(?:sse|json|bin)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}

describe("A session", () => {
  test("is replayed with the recorded bytes and reports, in the same order.", async () => {
    const { folder, seen } = await recordedSession();
    const { origin, stop } = await serveSession(folder);
    const again: unknown[] = [];
    const second = await record(origin, CONVERSATION.length, async (tapped) => {
      for (const asked of CONVERSATION) again.push(await ask(tapped, asked));
    });
    await stop();
    expect(again).toEqual(seen);
    expect(bytesOf(second)).toEqual(bytesOf(folder));
    expect(Object.keys(bytesOf(folder)).length).toBe(CONVERSATION.length);
    expect(reportsOf(second)).toEqual(reportsOf(folder));
  });

  test("is matched by method, path, query and body, in any order of parameters, keys and requests.", async () => {
    const { folder, seen } = await recordedSession();
    const { origin } = await serveSession(folder);
    const [first, second, models] = seen;
    const other = {
      method: "POST",
      path: "/v1/responses?a=1&b=2",
      body: '{"input":"result","stream":true, "model":"m"}',
    };
    expect(await ask(origin, other)).toEqual(second);
    expect(await ask(origin, { method: "GET", path: "/v1/models?key=sk-another-one" })).toEqual(models);
    // An unknown body gets the next exchange at its path; a repeated request gets its exchange again.
    const unknown = { method: "POST", path: "/v1/responses?a=1&b=2", body: '{"stream":true,"input":"else"}' };
    expect(await ask(origin, unknown)).toEqual(first);
    expect(await ask(origin, other)).toEqual(second);
    expect(await ask(origin, { method: "POST", path: "/v1/responses?a=1&b=2", body: STREAM })).toEqual(first);
  });

  test("of an upstream with a path or a name is found at the path that programs request.", async () => {
    const { folder, seen } = await recordedSession("/openai");
    const { origin } = await serveSession(folder);
    const [first = { method: "", path: "" }] = CONVERSATION;
    expect(await ask(origin, first)).toEqual(seen[0]);
    expect(await ask(`${origin}/mine/openai`, first)).toEqual(seen[0]);
  });

  test("that can be shared contains no account, project or deployment, but is found at their paths.", async () => {
    const asked = [
      "/openai/deployments/acme-prod/chat/completions?api-version=2024-10-21",
      "/v1beta/tunedModels/acme-bot-1a2b:streamGenerateContent?alt=sse",
      "/v1/accounts/acme/models/acme-llama/responses",
    ].map((path) => ({ method: "POST", path, body: '{"model":"ft:gpt-4o:acme::1","stream":true}' }));
    const upstream = await upstreamOf(asked.map(() => ({ body: hey, statusText: "Served by acme" })));
    const useAll = async (origin: string) => {
      for (const each of asked) await ask(origin, each);
    };
    const folder = await record(upstream.origin, asked.length, useAll, "--redact");
    const files = readdirSync(folder);
    expect(files.map((name) => readFileSync(join(folder, name), "utf8")).join(files.join(" "))).not.toMatch(/acme/i);
    const { origin } = await serveSession(folder, "--then", "404");
    for (const each of asked.toReversed()) expect((await ask(origin, each)).status).toBe(200);
    expect((await ask(origin, { method: "POST", path: "/v1/embeddings" })).status).toBe(404);
  });

  test("serves each exchange once with --then 404.", async () => {
    const { folder } = await recordedSession();
    const { origin, stderr } = await serveSession(folder, "--then", "404");
    const asked = { method: "POST", path: "/v1/chat/completions", body: "{}" };
    expect((await ask(origin, asked)).status).toBe(200);
    expect((await ask(origin, asked)).status).toBe(404);
    await stderr.holds(`POST /v1/chat/completions  404  no capture: the session ${folder} has no exchange left`);
  });

  test("gives HTTP 404 for an unknown request.", async () => {
    const { folder } = await recordedSession();
    const { origin, stderr } = await serveSession(folder);
    const { status, body } = await ask(origin, { method: "POST", path: "/v1/messages?beta=true", body: "{}" });
    expect(status).toBe(404);
    expect(JSON.parse(body ?? "")).toMatchObject({
      type: "error",
      error: { message: expect.stringContaining("no exchange") },
    });
    await stderr.holds("POST /v1/messages?beta=true  404  no capture");
  });

  test("turns a recorded stream into JSON for a request without streaming.", async () => {
    const { folder } = await recordedSession();
    const { origin } = await serveSession(folder);
    const { body } = await ask(origin, { method: "POST", path: "/v1/responses?a=1&b=2", body: '{"stream":false}' });
    expect(JSON.parse(body ?? "")).toMatchObject({ object: "response", status: "completed" });
  });
});

describe("Wrong usage:", () => {
  test("a folder without a session.", async () => {
    const folder = temporaryDirectory();
    const { exitCode, stderr } = await run(["replay", folder]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${folder} does not hold a session`)]);
  });

  test("a session beside other captures.", async () => {
    const { exitCode, stderr } = await run(["replay", fixtureNamed("anthropic/text.sse").path, temporaryDirectory()]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("replay a session alone")]);
  });

  test.each([
    ["nonsense"],
    ['{"schema":"ssescope/request@1","capture":"../x","request":{"method":"GET","url":"http://x/"}}'],
  ])("a request file that no tap wrote: %s", async (text) => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "0001-get.request.json"), text);
    const { exitCode, stderr } = await run(["replay", folder]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("is not a request that ssescope tap recorded")]);
  });
});
