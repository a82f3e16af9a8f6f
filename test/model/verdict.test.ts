import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import {
  verdictTable,
  type ResponseEnding,
  type Verdict,
  verdictOfResponse,
  verdicts,
  worstVerdict,
} from "../../src/model/verdict.ts";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";
import { closedPort, RESET, serve } from "../support/server.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  failed,
  incomplete,
  inProgress,
  itemAdded,
  message,
  refusalDelta,
  stream,
  textDelta,
} from "../support/stream.ts";

/** The report's verdict and exit code, after checking that the process has the same exit code. */
function verdictIn({ verdict, exitCode }: Report): Verdict {
  expect(exitCode).toBe(verdictTable[verdict].exitCode);
  return verdict;
}

const begun = [created(), itemAdded(0, message), textDelta("hey")];
const overload = { code: "server_error", message: "overloaded" };

const cases: readonly { verdict: Verdict; what: string; input: string }[] = [
  { verdict: "completed", what: "response.completed", input: answer("hey") },
  {
    verdict: "completed",
    what: "response.completed without a status",
    input: stream(created(), { type: "response.completed" }),
  },
  {
    verdict: "refused",
    what: "a refusal and response.completed",
    input: stream(created(), refusalDelta("no"), completed()),
  },
  { verdict: "incomplete", what: "response.incomplete", input: stream(...begun, incomplete("max_output_tokens")) },
  {
    verdict: "incomplete",
    what: "status incomplete at the end",
    input: stream(...begun, completed({ status: "incomplete" })),
  },
  {
    verdict: "incomplete",
    what: "status cancelled at the end",
    input: stream(...begun, completed({ status: "cancelled" })),
  },
  {
    verdict: "incomplete",
    what: "status cancelled in a snapshot",
    input: stream(...begun, inProgress({ status: "cancelled" })),
  },
  {
    verdict: "incomplete",
    what: "a refusal cut short",
    input: stream(created(), refusalDelta("no"), incomplete("max_output_tokens")),
  },
  { verdict: "failed", what: "response.failed", input: stream(...begun, failed(overload)) },
  { verdict: "failed", what: "an error event", input: stream(...begun, errorEvent("server_error", "overloaded")) },
  {
    verdict: "failed",
    what: "an error event and then response.completed",
    input: stream(...begun, errorEvent("x", "y"), completed()),
  },
  { verdict: "failed", what: "status failed at the end", input: stream(...begun, completed({ status: "failed" })) },
  { verdict: "truncated", what: "no terminal event", input: stream(...begun) },
  { verdict: "truncated", what: "no terminal event, only [DONE]", input: stream(...begun) + data("[DONE]") },
  { verdict: "truncated", what: "comments alone", input: ": keep-alive\n\n: keep-alive\n\n" },
  { verdict: "not-a-stream", what: "an HTML page", input: "<!doctype html><title>Bad gateway</title>" },
  { verdict: "not-a-stream", what: "a JSON error", input: JSON.stringify({ error: overload }) },
  {
    verdict: "not-a-stream",
    what: "a JSON error over several lines",
    input: JSON.stringify({ error: overload }, null, 2),
  },
  { verdict: "not-a-stream", what: "nothing at all", input: "" },
  { verdict: "not-a-stream", what: "prose", input: "upstream connect error or disconnect/reset before headers" },
  { verdict: "ended", what: "a stream of no known dialect", input: data('{"step":1}') + data("{}") },
  {
    verdict: "failed",
    what: "an error in a stream of no known dialect",
    input: data("hello") + data('{"error":{"message":"x"}}'),
  },
];

describe("the verdict of a stream", () => {
  test.each(cases)("is $verdict for $what", async ({ verdict, input }) => {
    expect(verdictIn(await reportOf(input))).toBe(verdict);
  });

  const withData = cases.filter(({ input }) => input.includes("data: "));
  test.each(withData)("is $verdict for $what as JSON Lines too", async ({ verdict, input }) => {
    const lines = input.match(/(?<=^data: ).*\n/gm) ?? [];
    expect(verdictIn(await reportOf(lines.join(""), "--framing", "ndjson"))).toBe(verdict);
  });

  test.each([400, 401, 404, 429, 500, 503])(
    "is not-a-stream for HTTP %i, even with a whole stream as its body",
    async (status) => {
      const { origin } = await serve({ status, body: answer("hey") });
      const { exitCode, stdout } = await run(["--json", origin]);
      expect(verdictIn(parseReport(stdout))).toBe("not-a-stream");
      expect(exitCode).toBe(7);
    },
  );

  test("is transport-error if no server responds", async () => {
    const { exitCode, stdout } = await run(["--json", `http://127.0.0.1:${await closedPort()}`]);
    expect(verdictIn(parseReport(stdout))).toBe("transport-error");
    expect(exitCode).toBe(6);
  });

  test("is that of the response if the connection breaks after its end", async () => {
    const { origin } = await serve({ body: [answer("hey"), RESET] });
    const { exitCode, stdout } = await run(["--json", origin]);
    expect(exitCode).toBe(0);
    expect(verdictIn(parseReport(stdout))).toBe("completed");
  });

  test("is that of the worst response if there are several", async () => {
    const report = await reportOf(answer("a") + stream(created({ id: "resp_2" }), incomplete("x")) + answer("c"));
    expect(report.responses.map(({ verdict }) => verdict)).toEqual(["completed", "incomplete", "completed"]);
    expect(verdictIn(report)).toBe("incomplete");
  });
});

describe("the verdict of a response", () => {
  const quiet: ResponseEnding = { outcome: null, hasError: false, hasRefusal: false };

  test.each(["completed", "refused", "incomplete", "failed"] as const)(
    "is its outcome, if it has one: %s",
    (outcome) => {
      expect(verdictOfResponse({ ...quiet, outcome })).toBe(outcome);
    },
  );

  test("is truncated without an outcome, with or without a refusal", () => {
    expect(verdictOfResponse(quiet)).toBe("truncated");
    expect(verdictOfResponse({ ...quiet, hasRefusal: true })).toBe("truncated");
  });

  test("is failed if there was an error, whatever its outcome", () => {
    for (const outcome of [null, "completed", "refused", "incomplete", "failed"] as const) {
      expect(verdictOfResponse({ outcome, hasError: true, hasRefusal: true })).toBe("failed");
    }
  });

  test("is refused only if it completed", () => {
    expect(verdictOfResponse({ ...quiet, outcome: "completed", hasRefusal: true })).toBe("refused");
    expect(verdictOfResponse({ ...quiet, outcome: "incomplete", hasRefusal: true })).toBe("incomplete");
  });
});

describe("the worst verdict", () => {
  const worstFirst: readonly Verdict[] = [
    "transport-error",
    "not-a-stream",
    "failed",
    "truncated",
    "incomplete",
    "refused",
    "completed",
  ];

  test.each(worstFirst.map((verdict, index) => ({ verdict, rest: worstFirst.slice(index) })))(
    "of $rest is $verdict",
    ({ verdict, rest }) => {
      expect(worstVerdict(rest)).toBe(verdict);
      expect(worstVerdict(rest.toReversed())).toBe(verdict);
    },
  );

  test("does not exist without verdicts", () => {
    expect(worstVerdict([])).toBeNull();
  });

  test("of a single one is that one", () => {
    for (const verdict of verdicts) expect(worstVerdict([verdict])).toBe(verdict);
  });
});
