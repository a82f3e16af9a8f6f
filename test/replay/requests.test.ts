// Other requests of real clients: JSON, lists of models, WebSockets, more requests than captures.
import { get } from "node:http";
import { describe, expect, test } from "vitest";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { captureOf, serveReplay } from "../support/replay.ts";
import { untimed } from "../support/untimed.ts";

async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get("content-type"), text };
}

const chunkOf = (delta: string) =>
  `data: {"object":"chat.completion.chunk","choices":[{"delta":${delta},"index":0}]}\n\n`;

const routesOf = (...names: readonly string[]) =>
  names.map((name) => ({ path: null, capture: captureOf(fixtureNamed(name).bytes) }));

describe("A request without streaming gets one JSON document built from the capture:", () => {
  test.each<[name: string, path: string, body: object, expected: object]>([
    [
      "cohere/tool-calls.sse",
      "/v2/chat",
      { stream: false },
      {
        id: expect.any(String),
        finish_reason: "TOOL_CALL",
        message: {
          role: "assistant",
          tool_plan: expect.any(String),
          tool_calls: [{ id: expect.any(String), type: "function", function: { name: expect.any(String) } }, {}],
        },
        usage: { tokens: {} },
      },
    ],
    [
      "cohere/citations.sse",
      "/v2/chat",
      {},
      { message: { content: [{ type: "text" }], citations: [{ sources: [{}, {}] }, {}] } },
    ],
    [
      "ollama/chat.ndjson",
      "/api/chat",
      { stream: false },
      {
        done: true,
        message: { role: "assistant", content: expect.stringMatching(/./) },
        eval_count: expect.any(Number),
      },
    ],
    [
      "ollama/generate.ndjson",
      "/api/generate",
      { stream: false },
      { done: true, response: expect.stringMatching(/./), done_reason: "stop" },
    ],
    ["ollama/tool-calls.ndjson", "/api/chat", { stream: false }, { message: { tool_calls: [{ function: {} }, {}] } }],
    [
      "bedrock/tool-calls.ndjson",
      "/model/any/converse",
      {},
      {
        stopReason: "tool_use",
        output: { message: { role: "assistant", content: expect.arrayContaining([{ toolUse: expect.any(Object) }]) } },
        usage: { inputTokens: expect.any(Number) },
      },
    ],
    [
      "bedrock/reasoning.ndjson",
      "/model/any/converse",
      {},
      {
        output: {
          message: {
            content: [{ reasoningContent: { reasoningText: { text: expect.any(String) } } }, {}, { text: "Tuesday." }],
          },
        },
      },
    ],
    [
      "gemini-interactions/function-calls.sse",
      "/v1beta/interactions",
      {},
      {
        status: "requires_action",
        steps: [
          { type: "thought", signature: "Q2lRQkRE" },
          { type: "function_call", name: "get_tide", arguments: { harbour: "Whitby" } },
          { type: "function_call", arguments: { harbour: "Oban" } },
          { type: "function_call", name: "get_moon", arguments: {} },
        ],
      },
    ],
    [
      "gemini-interactions/contents.sse",
      "/v1beta/interactions",
      {},
      { outputs: expect.arrayContaining([expect.objectContaining({ type: "text", text: expect.any(String) })]) },
    ],
    [
      "gemini/code-assist.sse",
      "/v1internal:generateContent",
      {},
      { response: { candidates: [{ content: { parts: [{ text: "Slack water." }] }, finishReason: "STOP" }] } },
    ],
    [
      "anthropic/thinking.sse",
      "/v1/messages",
      {},
      { type: "message", content: [{ type: "thinking" }, {}, { type: "text" }] },
    ],
  ])("%s at %s", async (name, path, body, expected) => {
    const { origin, answers } = await serveReplay(fixtureNamed(name).bytes);
    const { status, type, text } = await post(origin + path, body);
    expect([status, type]).toEqual([200, "application/json"]);
    expect(JSON.parse(text)).toMatchObject(expected);
    expect(answers).toMatchObject([{ note: "as one JSON document", capture: "capture" }]);
  });

  test("and takes a turn like a stream.", async () => {
    const { origin } = await serveReplay("", { routes: routesOf("anthropic/text.sse", "anthropic/thinking.sse") });
    expect((await post(`${origin}/v1/messages`, {})).type).toBe("application/json");
    expect((await post(`${origin}/v1/messages`, { stream: true })).text).toContain("thinking_delta");
  });

  test("a cut recording gives HTTP 501 in the provider's format, and stays the next capture.", async () => {
    const { bytes } = fixtureNamed("anthropic/cut.sse");
    const { origin, answers } = await serveReplay("", { routes: routesOf("anthropic/cut.sse", "anthropic/text.sse") });
    const { status, text } = await post(`${origin}/v1/messages`, { stream: false });
    expect(status).toBe(501);
    expect(JSON.parse(text)).toMatchObject({
      type: "error",
      error: { message: expect.stringContaining("is not a complete response") },
    });
    expect((await post(`${origin}/v1/messages`, { stream: true })).text).toBe(Buffer.from(bytes).toString());
    expect(answers).toMatchObject([{ status: 501, capture: null }, { status: 200 }]);
  });

  test("however deeply its values are nested.", async () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const deeper = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const end = 'data: {"object":"chat.completion.chunk","choices":[{"delta":{},"finish_reason":"stop"}]}\n\n';
    const { origin } = await serveReplay(chunkOf(`{"x":${deep}}`) + chunkOf(`{"x":${deeper}}`) + end);
    const { status, text } = await post(`${origin}/v1/chat/completions`, {});
    expect([status, text.includes("chat.completion")]).toEqual([200, true]);
  });

  test("a capture of another API gives HTTP 501.", async () => {
    const { origin } = await serveReplay(fixtureNamed("anthropic/text.sse").bytes);
    const { status, text } = await post(`${origin}/v1/chat/completions`, {});
    expect(status).toBe(501);
    expect(JSON.parse(text).error.message).toContain(
      "for a non-streaming response of openai-chat, but capture is anthropic",
    );
  });

  test("plain text gives HTTP 400 if the request is for JSON text, as side requests of Gemini CLI are.", async () => {
    const { origin } = await serveReplay("", { routes: routesOf("gemini/text.sse", "gemini/reasoning.sse") });
    const generationConfig = { responseMimeType: "application/json" };
    for (const [path, body] of [
      ["/v1beta/models/any:generateContent", { generationConfig }],
      ["/v1internal:generateContent", { request: { generationConfig } }],
    ] as const) {
      const { status, text } = await post(origin + path, body);
      expect([status, text]).toEqual([400, expect.stringContaining("the request is for JSON text")]);
    }
    const { text } = await post(`${origin}/v1beta/models/any:streamGenerateContent?alt=sse`, {});
    expect(text).toBe(Buffer.from(fixtureNamed("gemini/text.sse").bytes).toString());
  });

  test.each<[why: string, path: string, body: unknown, headers: Readonly<Record<string, string>>]>([
    ["accepts an event stream", "/v1/messages", {}, { accept: "text/event-stream" }],
    [
      "has the header of its API",
      "/api/v1/services/aigc/text-generation/generation",
      {},
      { "x-dashscope-sse": "enable" },
    ],
    ["has the parameter of its API", "/v1/chat-messages", { response_mode: "streaming" }, {}],
    ["goes to a path of streams", "/v1beta/models/any:streamGenerateContent", {}, {}],
    ["goes to an API that streams by default", "/api/chat", {}, {}],
    ["goes to an unknown path", "/my/agent", {}, {}],
    ["is sent as a form", "/v1/messages", {}, { "content-type": "application/x-www-form-urlencoded" }],
  ])("a request that %s gets the stream.", async (_, path, body, headers) => {
    const { origin } = await serveReplay("data: 1\n\n");
    expect((await post(origin + path, body, headers)).text).toBe("data: 1\n\n");
  });
});

describe("No capture is used up by", () => {
  test("a WebSocket, which gets HTTP 426.", async () => {
    const { origin, answers } = await serveReplay("", {
      routes: routesOf("openai-responses/hey.sse"),
      succession: "404",
    });
    const status = await new Promise((resolve) => {
      const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
      get(`${origin}/v1/responses`, { headers }, (response) => resolve(response.resume().statusCode));
    });
    expect(status).toBe(426);
    expect((await post(`${origin}/v1/responses`, { stream: true })).status).toBe(200);
    expect(answers).toMatchObject([{ status: 426, capture: null }, { status: 200 }]);
  });

  test.each<[path: string, headers: Readonly<Record<string, string>>, expected: object]>([
    ["/v1/models", {}, { object: "list", data: [{ id: "gpt-4o-2024-08-06", object: "model" }] }],
    [
      "/v1/models",
      { "anthropic-version": "1" },
      { data: [{ id: "gpt-4o-2024-08-06", type: "model" }], has_more: false },
    ],
    ["/v1beta/models", {}, { models: [{ name: "models/gpt-4o-2024-08-06" }] }],
    ["/api/tags", {}, { models: [{ name: "gpt-4o-2024-08-06" }] }],
    ["/v1/messages/count_tokens", {}, { input_tokens: 16 }],
    ["/v1beta/models/any:countTokens", {}, { totalTokens: 16 }],
  ])("%s %j, which is answered from the captures.", async (path, headers, expected) => {
    const { origin, answers } = await serveReplay("", {
      routes: routesOf("openai-responses/hey.sse"),
      succession: "404",
    });
    const { status, text } = await post(origin + path, {}, headers);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject(expected);
    expect(answers).toMatchObject([{ capture: null }]);
    expect((await post(`${origin}/v1/responses`, { stream: true })).status).toBe(200);
  });

  test.each<[path: string, headers: Readonly<Record<string, string>>]>([
    ["/favicon.ico", { accept: "image/*" }],
    ["/v1/models/gpt-5", {}],
    ["/v1/embeddings", {}],
    ["/v1internal:loadCodeAssist", {}],
    ["/v1beta/models/any:embedContent", {}],
    ["/api/version", {}],
    ["/v1/settings", { accept: "application/json" }],
  ])("%s, which is not for a model response.", async (path, headers) => {
    const { origin, answers } = await serveReplay("", {
      routes: routesOf("openai-responses/hey.sse"),
      succession: "404",
    });
    const { status, text } = await post(origin + path, {}, headers);
    expect(status).toBe(404);
    expect(JSON.parse(text).error.message).toContain(`${path} is not a path of model responses`);
    expect(answers).toMatchObject([{ status: 404, capture: null, note: expect.any(String) }]);
    expect((await post(`${origin}/v1/responses`, { stream: true })).status).toBe(200);
  });

  test("a path with its own capture gets that, even if it is not for a model response.", async () => {
    const routes = [{ path: "/v1/models", capture: captureOf("data: mine\n\n") }];
    const { origin } = await serveReplay("", { routes });
    expect(await (await fetch(`${origin}/v1/models`)).text()).toBe("data: mine\n\n");
  });

  test("a response with an injected fault, if the next one has none.", async () => {
    const { NO_FAULTS } = await import("../../src/replay/faults.ts");
    const faults = { ...NO_FAULTS, status: 429 };
    const routes = routesOf("anthropic/text.sse", "anthropic/thinking.sse");
    const { origin } = await serveReplay("", { routes, faults, faulty: 1 });
    expect((await post(`${origin}/v1/messages`, { stream: true })).status).toBe(429);
    const { text } = await post(`${origin}/v1/messages`, { stream: true });
    expect(text).toBe(Buffer.from(fixtureNamed("anthropic/text.sse").bytes).toString());
  });
});

describe("After the last capture", () => {
  test("--then 404 ends a conversation.", async () => {
    const { origin } = await serveReplay("", { routes: routesOf("anthropic/text.sse"), succession: "404" });
    expect((await post(`${origin}/v1/messages`, { stream: true })).status).toBe(200);
    const { status, text } = await post(`${origin}/v1/messages`, { stream: true });
    expect([status, JSON.parse(text).error.message]).toEqual([404, "ssescope replay: the capture was served"]);
  });

  test.each<[name: string, path: string, result: object]>([
    ["anthropic/tool-calls.sse", "/v1/messages", { type: "tool_result", tool_use_id: "ID" }],
    ["openai-responses/function-call.sse", "/v1/responses", { type: "function_call_output", call_id: "ID" }],
    ["openai-chat/tool-call.sse", "/v1/chat/completions", { role: "tool", tool_call_id: "ID" }],
    ["gemini/function-calls.sse", "/v1beta/models/any:streamGenerateContent", { functionResponse: { name: "ID" } }],
    ["ollama/tool-calls.ndjson", "/api/chat", { role: "tool", content: "x" }],
  ])("a call is not sent again to a client that returns its result: %s", async (name, path, result) => {
    const { bytes } = fixtureNamed(name);
    const { origin } = await serveReplay(bytes);
    const ids = [
      ...Buffer.from(bytes)
        .toString()
        .matchAll(/"(?:call_id|id|name)":\s*"([^"]+)"/g),
    ].map(([, id]) => id);
    const ask = { stream: true, messages: [{ role: "user", content: "any" }] };
    expect((await post(origin + path, ask)).status).toBe(200);
    // The same request repeats the conversation.
    expect((await post(origin + path, ask)).status).toBe(200);
    const results = ids.map((id) => JSON.parse(JSON.stringify(result).replace("ID", id ?? "")));
    const { status, text } = await post(origin + path, { ...ask, messages: [...ask.messages, ...results] });
    expect([status, text]).toEqual([
      400,
      expect.stringContaining("the last one calls the tool whose result this request returns"),
    ]);
  });

  test("--then last sends it anyway.", async () => {
    const { origin } = await serveReplay(fixtureNamed("anthropic/tool-calls.sse").bytes, { succession: "last" });
    const ids = Buffer.from(fixtureNamed("anthropic/tool-calls.sse").bytes).toString();
    for (const body of [{ stream: true }, { stream: true, ids }]) {
      expect((await post(`${origin}/v1/messages`, body)).status).toBe(200);
    }
  });
});

describe("A capture with one event per line is sent as SSE if the API sends SSE:", () => {
  test.each<[name: string, path: string, beginning: string, end: RegExp]>([
    ["cohere/text-lines.ndjson", "/v2/chat", 'data: {"', /"message-end".*\n\n$/],
    ["openai-responses/text-lines.ndjson", "/v1/responses", "event: response.created\ndata: {", /\n\n$/],
    ["json-array/gemini.json", "/v1beta/models/any:streamGenerateContent", "data: {", /}\n\n$/],
    ["openai-chat/payloads.ndjson", "/v1/chat/completions", "data: {", /\n\ndata: \[DONE\]\n\n$/],
  ])("%s at %s", async (name, path, beginning, end) => {
    const { origin } = await serveReplay(fixtureNamed(name).bytes);
    const { type, text } = await post(origin + path, { stream: true });
    expect(type).toBe("text/event-stream");
    expect(text.startsWith(beginning)).toBe(true);
    expect(text).toMatch(end);
  });

  test.each(["text", "tool-calls", "exception", "guardrail"])(
    "in binary frames at Bedrock's paths: %s",
    async (name) => {
      const { bytes, path } = fixtureNamed(`bedrock/${name}.ndjson`);
      const { origin } = await serveReplay(bytes);
      const { stdout } = await run([`${origin}/model/any/converse-stream`, "-d", "{}", "--json"]);
      const { framing, verdict, responses, http } = parseReport(stdout);
      const expected = parseReport((await run([path, "--json"])).stdout);
      expect([framing, http?.contentType]).toEqual(["aws-eventstream", "application/vnd.amazon.eventstream"]);
      expect(verdict).toBe(expected.verdict);
      expect(responses.map(untimed).map(({ text, items, error }) => [text, items, error])).toEqual(
        expected.responses.map(({ text, items, error }) => [text, items, error]),
      );
    },
  );

  test.each([
    ["ollama/chat.ndjson", "/api/chat"],
    ["cohere/text-lines.ndjson", "/elsewhere"],
  ])("%s at %s is sent unchanged.", async (name, path) => {
    const { bytes } = fixtureNamed(name);
    const { origin } = await serveReplay(bytes);
    const { type, text } = await post(origin + path, { stream: true });
    expect([type, text]).toEqual(["application/x-ndjson", Buffer.from(bytes).toString()]);
  });
});

test.each([
  ["evil.example", 403],
  ["localhost:8080", 200],
  ["127.0.0.1", 200],
])("A request with the Host %s gets %i, because of DNS rebinding.", async (host, status) => {
  const { origin } = await serveReplay("data: hey\n\n");
  const { port } = new URL(origin);
  const answered = await new Promise<number | undefined>((resolve, reject) => {
    const asked = get({ port, path: "/v1/responses", headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject);
  });
  expect(answered).toBe(status);
});

test("A request target that starts with two slashes is a path.", async () => {
  const { origin, answers } = await serveReplay("data: hey\n\n");
  await (await fetch(`${origin}//v1/responses`)).text();
  expect(answers.map(({ address }) => address.pathname)).toEqual(["//v1/responses"]);
});
