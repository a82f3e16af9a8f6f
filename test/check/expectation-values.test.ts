// The value of each key in a report.
import { describe, expect, test } from "vitest";
import type { FindingTotals } from "../../src/check/expectation-key.ts";
import { keyFamilies, keys } from "../../src/check/expectation-values.ts";
import type { ItemReport } from "../../src/model/report.ts";
import { itemWith, reportWith, responseWith, usageWith } from "./support/build-report.ts";
import { against, isMet } from "./support/held.ts";
import { gapsWith, streamTimingWith, timingWith } from "../support/timing.ts";

const full = reportWith({
  verdict: "incomplete",
  framing: "ndjson",
  dialect: "openai-responses",
  endedBy: "server-reset",
  http: { status: 207, statusText: "", contentType: "text/plain", contentEncoding: "br", location: null },
  bytes: 101,
  events: 102,
  comments: 103,
  eventTypes: { "response.created": 104, ping: 105 },
  timing: streamTimingWith({ silenceAtEndMs: 208 }),
  responses: [
    responseWith({
      id: "resp_7",
      model: "m-1",
      serviceTier: "flex",
      status: "stopped",
      reason: "tired",
      error: { type: "t", code: "c", message: "m" },
      text: "héllo 👋",
      reasoning: "so",
      refusal: "no!",
      items: [
        itemWith("message"),
        { ...itemWith("function_call", "get_weather"), firstEventMs: 209 },
        itemWith("function_call", "get_time"),
      ],
      usage: usageWith({
        inputTokens: 11,
        cachedInputTokens: 12,
        outputTokens: 13,
        reasoningTokens: 14,
        totalTokens: 15,
      }),
      cost: { amount: 0.25, unit: "USD" },
      timing: timingWith({
        ttftMs: 201,
        firstTextMs: 204,
        gapMs: gapsWith({ p50: 205, p95: 206, p99: 207, max: 202 }),
        outputTokensPerSecond: 41.25,
        totalMs: 203,
      }),
    }),
  ],
});
const totals: FindingTotals = {
  rules: { "sequence-gap": 3, "invalid-json": 2 },
  severities: { error: 5, warning: 6, info: 7 },
};

const values: readonly (readonly [key: string, value: string])[] = [
  ["verdict", "incomplete"],
  ["framing", "ndjson"],
  ["dialect", "openai-responses"],
  ["endedBy", "server-reset"],
  ["bytes", "101"],
  ["events", "102"],
  ["comments", "103"],
  ["responses", "1"],
  ["items", "3"],
  ["items.function_call", "2"],
  ["items.message", "1"],
  ["items.reasoning", "0"],
  ["eventTypes.response.created", "104"],
  ["eventTypes.ping", "105"],
  ["eventTypes.constructor", "0"],
  ["http.status", "207"],
  ["http.contentType", "text/plain"],
  ["http.contentEncoding", "br"],
  ["findings", "18"],
  ["findings.error", "5"],
  ["findings.warning", "6"],
  ["findings.info", "7"],
  ["findings.sequence-gap", "3"],
  ["findings.no-terminal", "0"],
  ["status", "stopped"],
  ["reason", "tired"],
  ["id", "resp_7"],
  ["model", "m-1"],
  ["serviceTier", "flex"],
  ["text", "héllo 👋"],
  ["text.length", "7"],
  ["reasoning", "so"],
  ["reasoning.length", "2"],
  ["refusal", "no!"],
  ["refusal.length", "3"],
  ["usage.inputTokens", "11"],
  ["usage.cachedInputTokens", "12"],
  ["usage.outputTokens", "13"],
  ["usage.reasoningTokens", "14"],
  ["usage.totalTokens", "15"],
  ["ttft", "201 ms"],
  ["silence.end", "208 ms"],
  ["tool.get_weather.at", "209 ms"],
  ["firstText", "204 ms"],
  ["gap.p50", "205 ms"],
  ["gap.p95", "206 ms"],
  ["gap.p99", "207 ms"],
  ["gap.max", "202 ms"],
  ["total", "203 ms"],
  ["cost", "0.25"],
  ["cost.unit", "USD"],
  ["tokensPerSecond", "41.25"],
  ["error.type", "t"],
  ["error.code", "c"],
  ["error.message", "m"],
];

describe("a key", () => {
  test.each(values)("%s reads its value from the report: %s", (key, value) => {
    expect(against(`${key}=${value}`, full, totals)).toBeNull();
    expect(against(`${key}!=${value}`, full, totals)).toMatchObject({ seen: value });
  });

  const neverNull =
    /^(?:verdict|bytes|events|comments|responses|items|findings|(?:text|reasoning|refusal)(?:\.length)?)$/;

  test.each(keys.map(({ name }) => name).filter((name) => !neverNull.test(name)))(
    "%s may be null, and then meets only =null",
    (key) => {
      const bare = reportWith({
        framing: null,
        dialect: null,
        endedBy: null,
        responses: [responseWith({ id: null, model: null, status: null })],
      });
      expect(isMet(`${key}=null`, bare)).toBe(true);
      expect(isMet(`${key}!=null`, bare)).toBe(false);
    },
  );

  test("is tested above", () => {
    const tested = new Set([...values.map(([key]) => key), "tool"]);
    expect(keys.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
    const prefixes = keyFamilies.map(({ prefix }) => prefix);
    expect(prefixes.filter((prefix) => ![...tested].some((key) => key.startsWith(prefix)))).toEqual([]);
  });
});

describe("a called tool", () => {
  const calls = reportWith({
    responses: [
      responseWith({
        items: [
          itemWith("message", "bystander"),
          itemWith("mcp_list_tools", "server"),
          itemWith("function_call", "get_weather"),
          itemWith("mcp_call", "search"),
          itemWith("function_call_output", "leftover"),
          itemWith("web_search_call"),
        ],
      }),
    ],
  });

  test.each(["tool=get_weather", "tool=search", "tool~=/^GET_/i", "tool!=get_time", "tool!=null", "tool!=server"])(
    "meets %s with one call, and != if no call has the name",
    (source) => {
      expect(isMet(source, calls)).toBe(true);
    },
  );

  test.each(["tool=get_time", "tool!=search", "tool=null", "tool=server", "tool=leftover", "tool=bystander"])(
    "does not meet %s, and the message names the calls",
    (source) => {
      expect(against(source, calls)).toEqual({
        expected: source,
        seen: "get_weather, search",
        message: `expected ${source}, but the tools called were: get_weather, search`,
      });
    },
  );

  test("meets =null and every != if no tool is called", () => {
    expect(isMet("tool=null", reportWith())).toBe(true);
    expect(isMet("tool!=get_weather", reportWith())).toBe(true);
    expect(against("tool!=null", reportWith())?.message).toBe("expected tool!=null, but no tool was called");
    expect(isMet("tool~=/./", reportWith())).toBe(false);
  });

  test("is an item of one of the dialect's tool call types", () => {
    const responses = [responseWith({ items: [itemWith("server_tool_use", "get_time")] })];
    expect(isMet("tool=get_time", reportWith({ responses, dialect: "anthropic" }))).toBe(true);
    expect(isMet("tool=get_time", reportWith({ responses, dialect: "openai-responses" }))).toBe(false);
  });

  test("may be called in any response", () => {
    const responses = [responseWith(), responseWith({ items: [itemWith("custom_tool_call", "get_time")] })];
    expect(isMet("tool=get_time", reportWith({ responses }))).toBe(true);
    expect(isMet("items=1", reportWith({ responses }))).toBe(true);
  });
});

function call(name: string, firstEventMs?: number): ItemReport {
  return { ...itemWith("function_call", name), ...(firstEventMs !== undefined && { firstEventMs }) };
}

describe("the time of a call", () => {
  const calls = reportWith({
    responses: [
      responseWith({ items: [call("get_tide", 1200), call("get_weather", 2419.8)] }),
      responseWith({ items: [call("get_weather", 9000), call("mcp.search.v2", 3000)] }),
    ],
  });

  test("is that of the first call of the tool, whose name may have dots", () => {
    expect(isMet("tool.get_weather.at<=2419.8ms", calls)).toBe(true);
    expect(isMet("tool.get_weather.at>=2.5s", calls)).toBe(false);
    expect(isMet("tool.mcp.search.v2.at=3s", calls)).toBe(true);
    expect(against("tool.get_weather.at<=2s", calls)).toEqual({
      expected: "tool.get_weather.at<=2s",
      seen: "2.42 s",
      message: "expected tool.get_weather.at<=2s, but it is 2.42 s",
    });
  });

  test("is unmet if the tool was not called, and the message names the called tools", () => {
    expect(against("tool.get_time.at<=2s", calls)).toEqual({
      expected: "tool.get_time.at<=2s",
      seen: "not called",
      message:
        "expected tool.get_time.at<=2s, but get_time was not called; the tools called were: " +
        "get_tide, get_weather, get_weather, mcp.search.v2",
    });
    expect(against("tool.get_time.at<=2s", reportWith())?.message).toMatch(
      /but get_time was not called; no tool was called$/,
    );
    expect(isMet("tool.get_time.at=null", calls)).toBe(true);
    expect(isMet("tool.get_weather.at!=null", calls)).toBe(true);
  });

  test("is unknown if times were not recorded, and the message says how to record them", () => {
    const untimed = reportWith({ responses: [responseWith({ items: [call("get_weather")] })] });
    expect(against("tool.get_weather.at<=2s", untimed)?.message).toMatch(
      /but it is not known: times were not recorded; record them with curl -N … \| ssescope check --record FILE/,
    );
  });
});

describe("the error of a stream", () => {
  const gone = reportWith({
    verdict: "transport-error",
    error: { type: null, code: "ECONNRESET", message: "reset" },
    responses: [responseWith({ error: { type: "t", code: "c", message: "m" } })],
  });

  test("comes before the errors of its responses", () => {
    expect(isMet("error.code=ECONNRESET", gone)).toBe(true);
    expect(isMet("error.type=null", gone)).toBe(true);
    expect(isMet("error.code=c", { ...gone, error: null })).toBe(true);
  });
});

test("The error of the stream comes before those of its responses", () => {
  const responses = ["first", "second"].map((code) => responseWith({ error: { type: null, code, message: null } }));
  const ofResponses = reportWith({ responses });
  expect(isMet("error.code~=/first|second/", ofResponses)).toBe(true);
  expect(against("error.code=first", ofResponses)?.message).toBe(
    'expected error.code=first, but in response 2 of 2 it is "second"',
  );
  const error = { type: null, code: "ECONNRESET", message: "reset" };
  const ofStream = reportWith({ responses, error });
  expect(isMet("error.code=ECONNRESET", ofStream)).toBe(true);
  expect(isMet("error.code=first", ofStream)).toBe(false);
  expect(isMet("error.type=null", ofStream)).toBe(true);
});

test("Named items are calls only in a known dialect", () => {
  const responses = [responseWith({ items: [itemWith("function_call", "get_weather")] })];
  expect(isMet("tool=get_weather", reportWith({ responses }))).toBe(true);
  for (const dialect of [null, "unknown"]) {
    expect(isMet("tool=get_weather", reportWith({ dialect, responses }))).toBe(false);
    expect(isMet("tool=null", reportWith({ dialect, responses }))).toBe(true);
  }
});
