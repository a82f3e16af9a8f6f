import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExpectation } from "../../src/check/expectation.ts";
import { keys } from "../../src/check/expectation-values.ts";
import { UserError } from "../../src/errors.ts";

describe("an expectation", () => {
  test.each([
    ["status=completed", { type: "text", operator: "=", text: "completed" }],
    ["status != failed", { type: "text", operator: "!=", text: "failed" }],
    ["model^=gpt-4o", { type: "text", operator: "^=", text: "gpt-4o" }],
    ["text$=.", { type: "text", operator: "$=", text: "." }],
    ["text*=a<=b", { type: "text", operator: "*=", text: "a<=b" }],
    ["text= two\nlines ", { type: "text", operator: "=", text: "two\nlines " }],
    ["text~=/^a\\/b.c/is", { type: "pattern", operator: "~=", pattern: /^a\/b.c/is }],
    ["tool=get_weather", { type: "text", operator: "=", text: "get_weather" }],
    ["usage.outputTokens<=1_500", { type: "number", operator: "<=", number: 1500 }],
    [" events > 5 ", { type: "number", operator: ">", number: 5 }],
    ["bytes>=0.5", { type: "number", operator: ">=", number: 0.5 }],
    ["items.function_call<2", { type: "number", operator: "<", number: 2 }],
    ["eventTypes.response.output_text.delta=3", { type: "number", operator: "=", number: 3 }],
    ["findings.sequence-gap=0", { type: "number", operator: "=", number: 0 }],
    ["ttft<=500ms", { type: "number", operator: "<=", number: 500 }],
    ["ttft<=2", { type: "number", operator: "<=", number: 2000 }],
    ["ttft<=99.9", { type: "number", operator: "<=", number: 99_900 }],
    ["gap.max<1.005s", { type: "number", operator: "<", number: 1005 }],
    ["total<1_5h", { type: "number", operator: "<", number: 54_000_000 }],
    ["total!=1.5 m", { type: "number", operator: "!=", number: 90_000 }],
    ["gap.max<= 2s ", { type: "number", operator: "<=", number: 2000 }],
    ["reason= null ", { type: "reported", operator: "=" }],
    ["reason=null", { type: "reported", operator: "=" }],
    ["usage.totalTokens!=null", { type: "reported", operator: "!=" }],
    ["reason^=null", { type: "text", operator: "^=", text: "null" }],
    ["verdict^=comp", { type: "text", operator: "^=", text: "comp" }],
  ])("%j is read", (source, condition) => {
    const expectation = parseExpectation(source);
    expect(expectation).toMatchObject({ source, condition });
    expect(expectation.key.name).toBe(/[\w.-]+/.exec(source)?.[0]);
  });

  test.each([
    ["", "is not an expectation", "verdict=completed"],
    ["=completed", "is not an expectation", "verdict=completed"],
    ["is it ok", "is not an expectation", "verdict=completed"],
    ["the status=completed", "is not an expectation", "verdict=completed"],
    ["status ", "has no operator", "in a shell, quote < and >"],
    ["events<==5", "needs a number", "1_000"],
    ["ttft<=x5ms", "needs a duration", "500ms"],
    ["ttft<=5msx", "needs a duration", "500ms"],
    ["text~=x/hey/", "needs a regular expression", "text~=/hey/i"],
    ["text~=/hey/i x", "needs a regular expression", "text~=/hey/i"],
    ["text.length", "has no operator", "in a shell, quote < and >"],
    ["status=", "has no value", "write it after ="],
    ["text=  ", "has no value", "text.length=0"],
    ["status==completed", "has an operator that does not exist: ==", "write status=…"],
    ["status!==completed", "has an operator that does not exist: !==", "write status!=…"],
    ["text=~/hey/", "has an operator that does not exist: =~", "write text~=…"],
    ["usage.output_tokens<5", "has a key that does not exist", "did you mean usage.outputTokens?"],
    ["statsu=x", "has a key that does not exist", "did you mean status?"],
    ["item.message=1", "has a key that does not exist", "did you mean items.message?"],
    ["items.=1", "has a key that does not exist", "did you mean items?"],
    ["tool.get_weather<=2s", "has a key that does not exist", "did you mean tool.get_weather.at?"],
    ["tool.get_weather.start<=2s", "has a key that does not exist", "did you mean tool.get_weather.at?"],
    ["tool.at<=2s", "has a key that does not exist", "did you mean tool.<name>.at?"],
    ["tool[0].at<=2s", "has a key that does not exist", "did you mean tool.<name>.at?"],
    ["tool..at<=2s", "has a key that does not exist", "did you mean tool.<name>.at?"],
    ["endedBy=serve", "has a value that endedBy never is", "did you mean server?"],
    ["findings.sequnce-gap=0", "has a key that does not exist", "did you mean findings.sequence-gap?"],
    ["colour=red", "has a key that does not exist", "keys are verdict, framing"],
    ["constructor=red", "has a key that does not exist", "items.<type>"],
    ["events=ten", "needs a number", "1_000"],
    ["events=-1", "needs a number", "1_000"],
    ["events=1K", "needs a number", "1_000"],
    ["events=1__0", "needs a number", "1_000"],
    ["ttft<=2000", "needs a unit", "write 2000ms or 2000s"],
    ["ttft<= 1_00 ", "needs a unit", "write 1_00ms or 1_00s"],
    ["ttft<=1.2.3s", "needs a duration", "500ms"],
    ["text>=1", "compares text as if it were a number", "to compare its length, use text.length"],
    ["id>4", "compares text as if it were a number", "operators for id are = != ^= $= *= ~="],
    ["usage.totalTokens~=/5/", "compares a number as if it were text", "are = != < <= > >="],
    ["ttft^=2", "compares a duration as if it were text", "operators for ttft are = != < <= > >="],
    ["text~=hey", "needs a regular expression", "text~=/hey/i"],
    ["text~=//", "needs a regular expression", "text~=/hey/i"],
    ["text~=/hey/g", "has flags that have no effect here: g", "i, m, s, u and v"],
    ["text~=/(/", "has an invalid regular expression", "/(/: Unterminated group"],
    ["text~=/a/uv", "has an invalid regular expression", "'uv'"],
    ["verdict=refusd", "has a value that verdict never is", "did you mean refused?"],
    ["verdict!=fine", "has a value that verdict never is", "allowed are completed, ended"],
    ["verdict=null", "compares with null, but its key is never null", "leave it out"],
    ["refusal!=null", "compares with null, but its key is never null", "refusal.length=0"],
    ["events=null", "compares with null, but its key is never null", "events=0"],
  ])("%j is refused, for it %s", (source, message, hint) => {
    const error = errorOf(source);
    expect(error.message).toContain(message);
    expect(error.message).toContain(`"${source}"`);
    expect(error.hint).toContain(hint);
  });

  test("is shortened in messages", () => {
    expect(errorOf("x".repeat(5000)).message.length).toBeLessThan(300);
    expect(errorOf(`text~=/(${"x".repeat(5000)}/`).hint?.length).toBeLessThan(300);
  });

  test("is parsed or refused with a UserError, for any text", () => {
    const names = [...keys.map(({ name }) => name), "items.message", "findings.error", "eventTypes.x", "nothing", ""];
    const pieces = fc.tuple(
      fc.constantFrom(...names),
      fc.constantFrom("=", "!=", "<", "<=", ">", ">=", "^=", "$=", "*=", "~=", "==", "~", " ", ""),
      fc.oneof(fc.string(), fc.constantFrom("null", "5", "5ms", "/a/", "/(/", "/a/ii", "refused", "1e9", "-0")),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((parts) => parts.join("")),
        ),
        (text) => {
          expect(["read", "UserError"]).toContain(outcomeOf(text));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function errorOf(source: string): UserError {
  try {
    parseExpectation(source);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${source} is read`);
}

function outcomeOf(source: string): string {
  try {
    parseExpectation(source);
    return "read";
  } catch (error) {
    return error instanceof UserError ? "UserError" : String(error);
  }
}
