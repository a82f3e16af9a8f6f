import { describe, expect, test } from "vitest";
import { matchers, type SsescopeMatchers } from "../../src/library/matchers.ts";
import { inspect } from "../../src/library/library.ts";
import { answer, completed, created, itemAdded, itemDone, stream, textDelta } from "../support/stream.ts";

expect.extend(matchers);

declare module "vitest" {
  interface Assertion extends SsescopeMatchers {}
}

const HEADERS = { "content-type": "text/event-stream" };
const whole = answer("Hey", " you");
const cut = Buffer.from(stream(created(), textDelta("so far")));

/** What a failing expectation says. */
async function messageOf(expectation: Promise<void>): Promise<string> {
  return expectation.then(
    () => "it passed",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe("toHaveCompleted", () => {
  test("takes inputs, inspections and reports, several times", async () => {
    const response = new Response(whole, { headers: HEADERS });
    await expect(response).toHaveCompleted();
    await expect(response).toHaveText("Hey you");
    await expect(response).toPassCheck({ expect: ["text=Hey you"] });
    const inspection = inspect(Buffer.from(whole));
    await expect(inspection).toHaveCompleted();
    await expect(await inspection.report).toHaveCompleted();
    await expect(cut).not.toHaveCompleted();
  });

  test("quotes the findings with their places", async () => {
    const message = await messageOf(expect(inspect(cut, { name: "cut.sse" })).toHaveCompleted());
    expect(message).toContain("expected the stream to have completed, but its verdict is truncated");
    expect(message).toMatch(/^ {2}error no-terminal at cut\.sse:\d+: /m);
    expect(await messageOf(expect(Buffer.from(whole)).not.toHaveCompleted())).toContain("but it did");
  });

  test("fails for an error response, with its status", async () => {
    const response = new Response('{"error":{"message":"Rate limit reached"}}', { status: 429 });
    const message = await messageOf(expect(response).toHaveCompleted());
    expect(message).toContain("not-a-stream");
    expect(message).toContain("HTTP 429, Rate limit reached");
  });

  test("says what to do about an input that is wrong", async () => {
    const read = new Response(whole, { headers: HEADERS });
    await read.text();
    for (const expectation of [expect(read).toHaveCompleted(), expect(read).toPassCheck()])
      expect(await messageOf(expectation)).toBe(
        "the body of this Response was already read\n  give response.clone(), taken before it is read",
      );
    expect(await messageOf(expect(null).toHaveText("Hey"))).toContain("this kind: null\n  give a path");
    expect(await messageOf(expect(cut).toPassCheck(JSON.parse('{"expct":[]}')))).toBe(
      "toPassCheck has no option expct\n  did you mean expect?",
    );
  });

  test("rejects for what cannot be read", async () => {
    expect(await messageOf(expect("no/such.sse").toHaveCompleted())).toContain("cannot read no/such.sse");
  });
});

describe("toHaveText", () => {
  test("compares, matches and takes asymmetric matchers", async () => {
    const input = Buffer.from(whole);
    await expect(input).toHaveText("Hey you");
    await expect(input).toHaveText(/you$/);
    await expect(input).toHaveText(expect.stringContaining("Hey"));
    await expect(input).not.toHaveText("Hey");
    expect(await messageOf(expect(input).toHaveText("Bye"))).toBe('expected the text to be "Bye"\nbut it is "Hey you"');
    expect(await messageOf(expect(input).toHaveText(/Bye/))).toBe(
      'expected the text to match /Bye/\nbut it is "Hey you"',
    );
    expect(await messageOf(expect(input).toHaveText(expect.stringContaining("Bye")))).toContain(
      'StringContaining "Bye"',
    );
    expect(await messageOf(expect(input).not.toHaveText(/Hey/))).toBe("expected the text not to match /Hey/");
  });

  test("says why text is missing", async () => {
    expect(await messageOf(expect(cut).toHaveText("so far and on"))).toContain("error no-terminal at bytes:");
  });
});

describe("toCallTool", () => {
  const input = { city: "Bergen" };
  const call = { id: "fc_1", type: "function_call", name: "get_tide", call_id: "call_1", arguments: "" };
  const calling = Buffer.from(
    stream(
      created(),
      itemAdded(0, call),
      {
        type: "response.function_call_arguments.delta",
        item_id: "fc_1",
        output_index: 0,
        delta: JSON.stringify(input),
      },
      {
        type: "response.function_call_arguments.done",
        item_id: "fc_1",
        output_index: 0,
        arguments: JSON.stringify(input),
      },
      itemDone(0, { ...call, arguments: JSON.stringify(input), status: "completed" }),
      completed({ output: [{ ...call, arguments: JSON.stringify(input), status: "completed" }] }),
    ),
  );

  test("by name, and by input", async () => {
    await expect(calling).toCallTool("get_tide");
    await expect(calling).toCallTool("get_tide", input);
    await expect(calling).toCallTool("get_tide", expect.objectContaining({ city: expect.stringMatching(/^B/) }));
    await expect(calling).not.toCallTool("get_tide", { city: "Oslo" });
    await expect(calling).not.toCallTool("get_weather");
  });

  test("says what was called instead", async () => {
    expect(await messageOf(expect(calling).toCallTool("get_weather"))).toContain("the tools called were: get_tide");
    expect(await messageOf(expect(calling).toCallTool("get_tide", { city: "Oslo" }))).toBe(
      'expected the stream to call get_tide with {"city":"Oslo"}, but it is called with {"city":"Bergen"}',
    );
    expect(await messageOf(expect(calling).not.toCallTool("get_tide"))).toBe(
      "expected the stream not to call get_tide, but it does",
    );
    expect(await messageOf(expect(cut).toCallTool("get_tide"))).toContain("no tool was called");
  });
});

describe("toPassCheck", () => {
  test("with options", async () => {
    const report = await inspect(Buffer.from(whole)).report;
    await expect(report).toPassCheck();
    await expect(cut).not.toPassCheck();
    await expect(Buffer.from(cut)).toPassCheck({ rules: { "no-terminal": "off" }, profile: "lenient" });
    expect(await messageOf(expect(report).not.toPassCheck())).toBe("expected the check to fail, but it passes");
    const message = await messageOf(expect(report).toPassCheck({ expect: ["tool=get_weather"] }));
    expect(message).toBe(
      "expected the check to pass, but it fails\n" +
        "  error expectation at bytes: expected tool=get_weather, but no tool was called (expected tool=get_weather, seen none)",
    );
  });

  test("of an input that cannot be read fails", async () => {
    expect(await messageOf(expect("no/such.sse").toPassCheck())).toContain("error unreadable-source at no/such.sse");
  });

  test("lists ten findings of a stream, and shows no control characters", async () => {
    const junk = Array.from({ length: 30 }, (_, index) => `data: {"\u001b[31m${index}\n\n`).join("");
    const message = await messageOf(expect(Buffer.from(stream(created()) + junk)).toPassCheck());
    expect(message.split("\n").length).toBeLessThanOrEqual(12);
    expect(message).toMatch(/and \d+ more$/);
    expect(message).not.toContain("\u001b");
  });
});
