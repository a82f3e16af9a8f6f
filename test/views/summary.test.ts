// The content of the summary, independent of its layout.
import { describe, expect, test } from "vitest";
import { header, timedCapture } from "../capture/support/timed-capture.ts";
import { heyUntilDelta } from "../support/captured.ts";
import { captureFiles } from "../support/files.ts";
import { run, type RunOptions } from "../support/io.ts";
import { closedPort } from "../support/server.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  functionCall,
  incomplete,
  itemAdded,
  itemDone,
  refusalDelta,
  stream,
  streamFrom,
  textDelta,
} from "../support/stream.ts";

/** The summary of an input, with words separated by single spaces. */
async function summaryOf(input: string, options: RunOptions = {}, ...argv: string[]): Promise<string> {
  const { stderr } = await run(argv, { ...options, stdin: [input] });
  return stderr.replaceAll(/\s+/g, " ");
}

const reset = {
  end: "failed",
  ms: 80,
  heldBackMs: 0,
  error: { code: "ECONNRESET", message: "the connection was reset" },
};

/** A capture of a connection that the server reset after these bytes. */
function resetCapture(bytes: Uint8Array): string {
  return timedCapture(bytes, header, { offset: 0, length: bytes.length, ms: 20 }, reset);
}

/** The summary of a stream that arrived at once, this long before its end. */
async function summaryAfter(silentMs: number, text: string): Promise<string> {
  const bytes = Buffer.from(text);
  const end = { end: "complete", ms: 500 + silentMs, heldBackMs: 0, error: null };
  const path = timedCapture(bytes, header, { offset: 0, length: bytes.length, ms: 500 }, end);
  return (await run([path])).stderr;
}

describe("the summary reports", () => {
  test("that no token arrived", async () => {
    expect(await summaryAfter(100, stream(created()))).toMatch(/^timing +no token arrived$/m);
  });

  test("the verdict first, the dialect, and an exit code that is not 0", async () => {
    expect(await summaryOf(answer("hey"))).toMatch(/^ ?✓ completed openai-responses /);
    expect(await summaryOf(answer("hey"))).not.toContain("exit");
    expect(await summaryOf(stream(created(), textDelta("hey")))).toMatch(/✗ truncated openai-responses exit 5/);
    expect(await summaryOf(data("hey"))).toMatch(/✓ ended generic /);
  });

  test("the silence before the end of an unfinished stream, beside the verdict", async () => {
    const silent = await summaryAfter(15_000, stream(created(), textDelta("hey")));
    expect(silent).toMatch(
      /^\n✗ truncated {2}no data for 15\.0 s after event 1 \(line 4\) {2}openai-responses {2}exit 5\n/,
    );
    expect(silent.replaceAll(/\s+/g, " ")).toContain(
      "longest 15.0 s at the end, after event 1 (response.output_text.delta)",
    );
    expect(silent).not.toMatch(/total \d/);
    expect(await summaryAfter(15_000, ": processing\n\n")).toContain("no data for 15.0 s  exit 5\n");
    expect(await summaryAfter(900, stream(created(), textDelta("hey")))).not.toContain("no data for");
    expect(await summaryAfter(15_000, stream(created(), completed()))).not.toContain("no data for");
  });

  test("the cost and server times if the provider reports them, and nothing otherwise", async () => {
    const chunk = {
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta: { content: "a" }, finish_reason: "stop" }],
    };
    const usage = { prompt_tokens: 1, cost: 0.00000268, cost_details: {}, queue_time: 0.002, total_time: 1.5 };
    const summary = await summaryOf(data(JSON.stringify({ ...chunk, usage })) + data("[DONE]"));
    expect(summary).toContain("cost 0.00000268 credits server queue 2 ms, total 1.5 s");
    expect(await summaryOf(answer("hey"))).not.toMatch(/\b(?:cost|server)\b/);
  });

  test("the model, the tier and the id of the response", async () => {
    const input = stream(created({ service_tier: "auto" }), completed({ service_tier: "flex" }));
    const summary = await summaryOf(input);
    expect(summary).toContain("model-1");
    expect(summary).toContain("flex");
    expect(summary).not.toContain("auto");
    expect(summary).toContain("resp_1");
  });

  test("the reported token counts, and which ones were not reported", async () => {
    const usage = {
      input_tokens: 12_345,
      output_tokens: 67,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 12_412,
    };
    const summary = await summaryOf(stream(created(), completed({ usage })));
    expect(summary).toMatch(/input 12,345 .*cached not reported .*output 67 .*reasoning 0 .*total 12,412 /);
    expect(await summaryOf(stream(created(), completed({ usage: null })))).toMatch(/usage not reported/);
  });

  test("the outputs", async () => {
    const input = stream(
      created(),
      itemAdded(0, functionCall("look_up")),
      itemDone(0, functionCall("look_up")),
      textDelta("hey", 1),
      completed(),
    );
    expect(await summaryOf(input)).toMatch(/function_call look_up .*3 characters/);
  });

  test("a refusal, the reason of an incomplete response, and an error", async () => {
    expect(await summaryOf(stream(created(), refusalDelta("I will not."), completed()))).toContain("I will not.");
    expect(await summaryOf(stream(created(), incomplete("max_output_tokens")))).toContain("max_output_tokens");
    expect(await summaryOf(stream(created(), errorEvent("overloaded", "try later")))).toContain(
      "overloaded: try later",
    );
  });

  test("the size: events, bytes, comments, sequence numbers", async () => {
    const input = `: hi\n\n${answer("hey")}`;
    const summary = await summaryOf(input);
    expect(summary).toContain("8 events");
    expect(summary).toContain(`${input.length.toLocaleString("en-US")} bytes`);
    expect(summary).toContain("1 comment");
    expect(summary).toContain("0-7");
  });

  test("the number of events of each type, if the dialect is not known", async () => {
    const summary = await summaryOf(`event: a\ndata: 1\n\nevent: b\ndata: 2\n\nevent: a\ndata: 3\n\n`);
    expect(summary).toMatch(/a ×2.*b ×1/);
  });

  test("the findings with their lines, errors first", async () => {
    const input = stream(created(), { type: "response.of_the_future" }) + streamFrom(5, completed());
    expect(await summaryOf(input)).toMatch(/sequence-gap \(line 7\).*unrecognized-event \(line 4\)/);
    expect(await summaryOf(answer("hey"))).toMatch(/findings none/);
  });

  test("each of several responses, and the number of further ones", async () => {
    const several = await summaryOf(answer("a") + stream(created({ id: "resp_2" }), incomplete("x")));
    expect(several).toMatch(/incomplete openai-responses .*completed.*resp_1.*incomplete.*resp_2/);
    expect(await summaryOf(answer("a").repeat(30))).toMatch(/and 22 more/);
  });

  test("that the stream hung, if we left it in a silence", async () => {
    const bytes = Buffer.from(stream(created(), textDelta("hey")));
    const end = { end: "interrupted", ms: 12_500, heldBackMs: 0, error: null };
    const path = timedCapture(bytes, header, { offset: 0, length: bytes.length, ms: 500 }, end);
    expect((await run([path])).stderr).toMatch(
      /^\n✗ truncated {2}hung: recording interrupted, no data for 12\.0 s after event 1 \(line 4\) /,
    );
  });

  test("the code of a failure, and no sign of success beside it", async () => {
    const failed = await run(["--color", "always"], { stdin: [stream(created(), errorEvent("overloaded", "later"))] });
    expect(failed.stderr).toContain("\u001b[31m✗ failed overloaded");
    const gap = stream(created()) + streamFrom(5, completed());
    const flawed = await run(["--color", "always"], { stdin: [gap] });
    expect(flawed.stderr).toContain("\u001b[33m! completed");
    const whole = await run(["--color", "always"], { stdin: [answer("hey")] });
    expect(whole.stderr).toContain("\u001b[32m✓ completed");
  });

  test("an interruption", async () => {
    const summary = await summaryOf(answer("hey"), { interrupt: AbortSignal.abort() });
    expect(summary).toContain("interrupted");
    expect(summary).toContain("exit 130");
  });
});

test("the summary begins a new line if the text has not ended its line", async () => {
  expect((await run([], { stdin: [answer("hey")] })).stderr).toMatch(/^\n✓ completed/);
  expect((await run([], { stdin: [answer("hey\n")] })).stderr).toMatch(/^✓ completed/);
});

test.each([40, 60, 80, 200])(
  "the summary fits a terminal %i columns wide, except words that are wider",
  async (columns) => {
    const input = stream(created({ id: `resp_${"0".repeat(50)}` }), errorEvent("overloaded", "word ".repeat(200)), {
      type: "response.of_the_future",
    });
    const { stderr } = await run(["--color", "never"], { stdin: [input], terminalColumns: columns });
    const wide = stderr.split("\n").filter((line) => line.length > columns);
    expect(wide.filter((line) => line.trim().includes(" "))).toEqual([]);
  },
);

test.each([40, 80, 200])("on a terminal of %i columns text, summary and next command are separate", async (columns) => {
  const [path = "", other = ""] = captureFiles({
    "cut.sse": stream(created(), textDelta("hey")),
    "b.sse": answer("ho"),
  });
  const options = { terminalColumns: columns, env: { NO_COLOR: "1" } };
  const alone = await run([path], options);
  expect(alone.stderr).toMatch(/^\n✗ truncated /);
  expect(alone.stderr).toMatch(/\nnext {6}ssescope \S+cut\.sse --around findings\n$/);
  const both = await run([path, other], options);
  expect(both.stdout).toBe(`${path}\nhey\n${other}\nho\n`);
  expect((await run([path, other])).stdout).toBe("hey\nho");
});

describe("a stream that broke off without other findings", () => {
  test("does not have findings none, because check counts the error", async () => {
    const path = resetCapture(heyUntilDelta);
    const { stderr } = await run([path]);
    expect(stderr).toContain("error     ECONNRESET: the connection was reset\n");
    expect(stderr).not.toContain("findings");
    expect((await run(["check", path])).stdout).toContain("error  transport-error  ECONNRESET");
    expect((await run([], { stdin: ['{"error":{"message":"slow down"}}'] })).stderr).not.toMatch(/^findings/m);
    expect((await run([], { stdin: [answer("hey")] })).stderr).toMatch(/^findings +none$/m);
  });

  test("suggests to show the events before the break, if there are some", async () => {
    const options = { terminalColumns: 200, env: { NO_COLOR: "1" } };
    const path = resetCapture(heyUntilDelta);
    expect((await run([path], options)).stderr).toMatch(/\nnext {6}ssescope \S+ --around findings\n$/);
    expect((await run([resetCapture(Buffer.from("data: "))], options)).stderr).not.toMatch(/^next/m);
  });
});

test("a failed connection is one line, and one with the remedy", async () => {
  const { stderr, exitCode } = await run([`http://127.0.0.1:${await closedPort()}/v1`]);
  expect(exitCode).toBe(6);
  expect(stderr).toMatch(
    /^✗ ECONNREFUSED: the connection was refused \(127\.0\.0\.1:\d+\) {2}http:\S+\/v1 {2}exit 6\n {2}start the server, or check the host and the port\n$/,
  );
});
