import { createReadStream } from "node:fs";
import { get } from "node:http";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { check, inspect, UserError } from "../../src/library/library.ts";
import type { FactRecord, Input, InspectOptions } from "../../src/library/library.ts";
import { captureFiles } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { RESET, serve } from "../support/server.ts";
import { answer, created, stream, textDelta } from "../support/stream.ts";

const whole = answer("Hey", " you");
const bytes = Buffer.from(whole);

async function factsOf(input: AsyncIterable<FactRecord>): Promise<FactRecord[]> {
  const facts: FactRecord[] = [];
  for await (const fact of input) facts.push(fact);
  return facts;
}

describe("every kind of input", () => {
  const { path, bytes: file } = fixtureNamed("openai-responses/hey.sse");
  const headers = { "content-type": "text/event-stream" };

  test.each<[string, () => Input]>([
    ["a path", () => path],
    ["a file: URL", () => pathToFileURL(path)],
    ["a file: URL as text", () => pathToFileURL(path).href],
    ["a Readable of a file", () => createReadStream(path)],
    ["bytes", () => file],
    ["an ArrayBuffer", () => Uint8Array.from(file).buffer],
    ["a Response", () => new Response(Uint8Array.from(file), { headers })],
    ["a web stream", () => new Blob([Uint8Array.from(file)]).stream()],
    ["a Readable", () => Readable.from([file])],
    ["text in chunks", () => Readable.from([file], { encoding: "utf8" })],
    ["an async iterable", () => chunksOf(file)],
  ])("%s gives text, report and findings", async (_, input) => {
    const inspection = inspect(input());
    expect(await inspection.text).toBe("hey");
    expect(await inspection.report).toMatchObject({ dialect: "openai-responses", verdict: "completed", exitCode: 0 });
    expect(await inspection.findings).toEqual([]);
    expect(await inspection.reports).toEqual([await inspection.report]);
  });

  test("what arrives has times, and what lies there has none", async () => {
    expect((await inspect(chunksOf(bytes)).report).timing).not.toBeNull();
    expect(await inspect(createReadStream(path)).report).toMatchObject({ timing: null });
    expect(await inspect(bytes).report).toMatchObject({ timing: null });
  });

  test("what is not an input is refused", async () => {
    expect(() => inspect(JSON.parse("{}"))).toThrow("cannot read an input of this kind");
    for (const [text, kind] of [
      ["5", "number"],
      ["true", "boolean"],
      ["null", "null"],
      ["{}", "Object"],
      ["[]", "Array"],
    ])
      // prettier-ignore
      expect(() => inspect(JSON.parse(text ?? ""))).toThrow(`cannot read an input of this kind: ${kind}`);
    await expect(check(JSON.parse("null"))).rejects.toThrow("cannot read an input of this kind: null");
    await expect(inspect(whole).report).rejects.toThrow("several lines of text");
    await expect(inspect(Readable.from([{ type: "text" }])).report).rejects.toThrow(
      "expected chunks of bytes or text, but got object",
    );
  });
});

async function* chunksOf(...chunks: readonly (Uint8Array | string)[]) {
  yield* chunks;
}

describe("facts", () => {
  test("are those of --format facts, and the promises settle with them", async () => {
    const [path = ""] = captureFiles({ "answer.sse": whole });
    const inspection = inspect(path);
    const facts = await factsOf(inspection);
    const printed = (await run(["--format", "facts", path])).stdout.trimEnd().split("\n").slice(0, -1);
    expect(facts).toEqual(printed.map((line): unknown => JSON.parse(line)));
    expect(facts.length).toBeGreaterThan(5);
    expect(await inspection.text).toBe("Hey you");
  });

  test("come while the stream goes on, and hold it back until they are taken", async () => {
    let given = 0;
    async function* endless() {
      yield stream(created());
      for (;;) {
        given += 1;
        yield `data: ${JSON.stringify({ type: "response.output_text.delta", delta: "x".repeat(1024 * 1024) })}\n\n`;
      }
    }
    const facts = inspect(endless())[Symbol.asyncIterator]();
    expect((await facts.next()).value).toMatchObject({ type: "response-start", event: 0 });
    // No more than what may wait in memory is taken.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(given).toBeLessThan(12);
    await facts.return();
  });

  test("that nobody takes to the end close the source; the promises tell what was seen", async () => {
    const { origin, requests } = await serve({ body: [stream(created(), textDelta("so far")), new Promise(() => {})] });
    const inspection = inspect(await fetch(origin));
    for await (const fact of inspection) if (fact.type === "text-delta") break;
    await requests[0]?.closed;
    expect(await inspection.report).toMatchObject({ interrupted: true, responses: [{ text: "so far" }] });
  });

  test("are given once, and not after a promise", async () => {
    const inspection = inspect(bytes);
    expect(await factsOf(inspection)).not.toEqual([]);
    expect(() => inspection[Symbol.asyncIterator]()).toThrow("the facts of this input are not available");
    const other = inspect(bytes);
    await other.report;
    expect(() => other[Symbol.asyncIterator]()).toThrow(UserError);
  });

  test("of an input that cannot be read are its error", async () => {
    await expect(factsOf(inspect("no/such.sse"))).rejects.toThrow("cannot read no/such.sse: no such file");
  });

  test.each([
    ["no/such.sse", "check the path: a relative one starts in the working directory of the process"],
    ["no/\uFFFD.sse", "names must be valid UTF-8: rename it, or give its bytes"],
    ["test", "give the path of a file in it"],
  ])("of %s have a hint for programs, not for the command line", async (path, hint) => {
    await expect(factsOf(inspect(path))).rejects.toMatchObject({ hint });
  });
});

describe("a Response", () => {
  test("is judged with its status and headers, and named without secrets", async () => {
    const { origin } = await serve({
      status: 429,
      headers: { "content-type": "application/json" },
      body: '{"error":{"message":"Rate limit reached","type":"requests"}}',
    });
    const report = await inspect(await fetch(`${origin}/v1?api_key=secret-secret`)).report;
    expect(report).toMatchObject({ verdict: "not-a-stream", http: { status: 429, contentType: "application/json" } });
    expect(report.error?.message).toContain("Rate limit reached");
    expect(report.source).toBe(`${origin}/v1?api_key=REDACTED`);
    expect(JSON.stringify(report)).not.toContain("secret-secret");
  });

  test.each(["html", "json"])("with a page of %s is not a stream", async (kind) => {
    const headers = { "content-type": kind === "html" ? "text/html" : "application/json" };
    const response = new Response(kind === "html" ? "<!doctype html><h1>Bad gateway</h1>" : "{}", { headers });
    expect(await inspect(response).report).toMatchObject({ verdict: "not-a-stream", source: "response" });
  });

  test("without a body, and one that was read already", async () => {
    expect(await inspect(new Response(null, { status: 204 })).report).toMatchObject({ verdict: "not-a-stream" });
    const read = new Response(whole);
    await read.text();
    expect(() => inspect(read)).toThrow("was already read");
  });

  test("whose server resets the connection is a transport error, not an exception", async () => {
    const { origin } = await serve({ body: [stream(created(), textDelta("so far")), RESET] });
    const report = await inspect(await fetch(origin)).report;
    expect(report).toMatchObject({ verdict: "transport-error", responses: [{ text: "so far" }] });
    expect(report.endedBy).toMatch(/^server/);
  });

  test("of node:http is judged with its status, too", async () => {
    const { origin } = await serve({ status: 503, body: "overloaded" });
    const response = await new Promise<Input>((resolve) => get(origin, resolve));
    expect(await inspect(response).report).toMatchObject({ verdict: "not-a-stream", http: { status: 503 } });
  });

  test("of a URL that is given is requested", async () => {
    const { origin } = await serve({ body: whole });
    expect(await inspect(new URL(origin)).text).toBe("Hey you");
  });
});

describe("an abort", () => {
  test("ends the reading: the report of what was seen", async () => {
    const { origin, requests } = await serve({ body: [stream(created(), textDelta("so far")), new Promise(() => {})] });
    const abort = new AbortController();
    const inspection = inspect(await fetch(origin), { signal: abort.signal });
    for await (const fact of inspection) if (fact.type === "text-delta") abort.abort();
    expect(await inspection.report).toMatchObject({ interrupted: true, exitCode: 130, endedBy: "signal" });
    await requests[0]?.closed;
  });

  test("of the program's own request does the same", async () => {
    const { origin } = await serve({ body: [stream(created(), textDelta("so far")), new Promise(() => {})] });
    const abort = new AbortController();
    const inspection = inspect(await fetch(origin, { signal: abort.signal }));
    for await (const fact of inspection) if (fact.type === "text-delta") abort.abort();
    expect(await inspection.report).toMatchObject({ interrupted: true, responses: [{ text: "so far" }] });
  });

  test("before the reading leaves nothing to read", async () => {
    expect(await inspect(bytes, { signal: AbortSignal.abort() }).report).toMatchObject({ interrupted: true, bytes: 0 });
  });

  test("closes an iterable that waits, and a web stream", async () => {
    const cancel = vi.fn<() => void>();
    const abort = new AbortController();
    const waiting = new ReadableStream({ start: (controller) => controller.enqueue(stream(created())), cancel });
    const { report } = inspect(waiting, { signal: abort.signal });
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await report).toMatchObject({ interrupted: true });
    expect(cancel).toHaveBeenCalled();
  });
});

function silent() {
  return {
    next: () => new Promise<never>(() => {}),
    // Also a source that fails to close holds nobody up.
    return: () => Promise.reject(new Error("cannot close")),
  };
}

describe("a source that never gives its next chunk", () => {
  async function* hung() {
    yield cut;
    await new Promise(() => {});
  }
  const cut = Buffer.from(stream(created(), textDelta("so far")));
  const ended = { interrupted: true, endedBy: "signal" };

  test("ends by the signal", async () => {
    const abort = new AbortController();
    const { report } = inspect(hung(), { signal: abort.signal });
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await report).toMatchObject(ended);
  });

  test("ends by the signal while facts are awaited", async () => {
    const abort = new AbortController();
    const inspection = inspect(hung(), { signal: abort.signal });
    for await (const fact of inspection) if (fact.type === "text-delta") setImmediate(() => abort.abort());
    expect(await inspection.report).toMatchObject({ ...ended, responses: [{ text: "so far" }] });
  });

  test("ends by the signal, although nobody takes the facts", async () => {
    const abort = new AbortController();
    const inspection = inspect(hung(), { signal: abort.signal });
    const facts = inspection[Symbol.asyncIterator]();
    await facts.next();
    abort.abort();
    expect(await inspection.report).toMatchObject(ended);
    expect(await factsOf(facts)).not.toEqual([]);
  });

  test("ends when the loop is left", async () => {
    const inspection = inspect(hung());
    for await (const fact of inspection) if (fact.type === "text-delta") break;
    expect(await inspection.report).toMatchObject({ interrupted: true, responses: [{ text: "so far" }] });
  });

  test("ends in a check", async () => {
    const abort = new AbortController();
    const checked = check(hung(), { signal: abort.signal });
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await checked).toMatchObject({ exitCode: 130 });
  });

  test.each<[string, () => Input]>([
    ["an iterator whose return() rejects", () => ({ [Symbol.asyncIterator]: silent })],
    [
      "a Readable whose destroy() does nothing",
      () => Object.assign({ [Symbol.asyncIterator]: silent }, { destroy: () => {} }),
    ],
    [
      "a web stream whose cancel() never settles",
      () => ({
        getReader: () => ({ read: () => new Promise<never>(() => {}), cancel: () => new Promise<void>(() => {}) }),
      }),
    ],
    [
      "a web stream whose cancel() throws",
      () => ({
        getReader: () => ({
          read: () => new Promise<never>(() => {}),
          cancel: () => {
            throw new Error("cannot cancel");
          },
        }),
      }),
    ],
  ])("may be %s", async (_, input) => {
    const abort = new AbortController();
    const { report } = inspect(input(), { signal: abort.signal });
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await report).toMatchObject(ended);
  });

  test("may fail after the end, and nobody is told", async () => {
    const unhandled = vi.fn<() => void>();
    process.on("unhandledRejection", unhandled);
    const late = new AbortController();
    async function* failing() {
      yield cut;
      await new Promise((_, reject) => late.signal.addEventListener("abort", reject));
    }
    const inspection = inspect(failing());
    for await (const fact of inspection) if (fact.type === "text-delta") break;
    await inspection.report;
    late.abort();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe("a stream that fails", () => {
  test("is a transport error with the reason", async () => {
    expect(await inspect(broken()).report).toMatchObject({
      verdict: "transport-error",
      error: { code: "ECONNRESET", message: expect.stringContaining("read ECONNRESET") },
    });
  });

  test("says what was thrown if that is no error, and that a timeout passed", async () => {
    expect(await inspect(failing("no reason")).report).toMatchObject({ error: { code: "STREAM_FAILED" } });
    expect(await inspect(failing(new DOMException("timeout", "TimeoutError"))).report).toMatchObject({
      error: { code: "MAX_TIME" },
      endedBy: "timeout",
    });
  });
});

async function* broken() {
  yield stream(created());
  throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}

function failing(reason: unknown): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.error(reason) });
}

describe("options", () => {
  test("name the input, choose how it is read, and set severities", async () => {
    const cut = Buffer.from(stream(created(), textDelta("so far")));
    const options = { name: "answer to Ann", framing: "sse", rules: { "no-terminal": "warning" } } as const;
    const report = await inspect(cut, options).report;
    expect(report).toMatchObject({ source: "answer to Ann", framing: "sse", verdict: "truncated" });
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: "no-terminal", severity: "warning" }));
  });

  test.each([
    [{ dialekt: "openai-chat" }, "inspect has no option dialekt", "did you mean dialect?"],
    [{ expect: ["verdict=completed"] }, "inspect has no option expect", "give it to check()"],
    [{ toString: 1 }, "inspect has no option toString", "allowed are signal, name, dialect"],
  ])("that do not exist are refused: %j", (options, message, hint) => {
    expect(() => Reflect.apply(inspect, null, [bytes, options])).toThrow(
      expect.objectContaining({ name: "UserError", message, hint: expect.stringContaining(hint) }),
    );
  });

  test.each([
    [{ dialect: "openai-respones" }, "there is no dialect openai-respones"],
    [{ framing: "see" }, "there is no framing see"],
    [{ rules: { "no-terminl": "off" } }, 'options, in rules: there is no rule "no-terminl"'],
    [{ stallThreshold: "soon" }, "expected a duration such as 15s"],
  ] as const)("that are wrong reject the promises: %j", async (options, message) => {
    const wrong: InspectOptions = JSON.parse(JSON.stringify(options));
    await expect(inspect(bytes, wrong).report).rejects.toThrow(message);
    await expect(inspect(bytes, wrong).report).rejects.toBeInstanceOf(UserError);
  });
});

test("an input of several streams has several reports, and not one", async () => {
  const inspection = inspect(fixtureNamed("log/docker-compose.log").path);
  expect((await inspection.reports).length).toBeGreaterThan(1);
  await expect(inspection.report).rejects.toThrow("holds 2 streams");
});
