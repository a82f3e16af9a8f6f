import { describe, expect, test } from "vitest";
import { chunkings } from "../support/chunkings.ts";
import { run } from "../support/io.ts";
import {
  answer,
  argumentsDelta,
  argumentsDone,
  completed,
  created,
  data,
  functionCall,
  itemAdded,
  itemDone,
  message,
  type Payload,
  reasoningDelta,
  refusalDelta,
  stream,
  textDelta,
  textDone,
  streamFrom,
} from "../support/stream.ts";

/** The output on stdout, in a pipe. */
async function show(input: string, ...argv: string[]): Promise<string> {
  return (await run(argv, { stdin: [input] })).stdout;
}

async function showOnTerminal(input: string, ...argv: string[]): Promise<string> {
  return (await run(["--color", "never", ...argv], { stdin: [input], terminalColumns: 80 })).stdout;
}

describe("the text in a pipe", () => {
  test.each(["hey", "two\nlines", "ends in a line end\n", " \t ", "", "é 中 👍🏽"])(
    "is exactly the model's: %j",
    async (text) => {
      expect(await show(answer(text))).toBe(text);
    },
  );

  test("is that of all consecutive deltas", async () => {
    expect(await show(answer("a", "b", "", "c"))).toBe("abc");
  });

  test("has no text of other channels", async () => {
    const input = stream(
      created(),
      reasoningDelta("hm", 0),
      refusalDelta("no", 1),
      argumentsDelta("{}", 2),
      textDelta("hey", 3),
      completed(),
    );
    expect(await show(input)).toBe("hey");
  });
});

describe("the text on a terminal", () => {
  test("ends its line", async () => {
    expect(await showOnTerminal(answer("hey"))).toBe("hey\n");
  });

  test("has no unnecessary line end", async () => {
    expect(await showOnTerminal(answer("hey\n"))).toBe("hey\n");
    expect(await showOnTerminal(answer(""))).toBe("");
  });
});

describe("a character split over two deltas", () => {
  const halves = answer("a\ud83d", "\udc4db");

  test.each(chunkings)("is printed whole, with the input $name", async (chunking) => {
    const { stdout } = await run([], { stdin: chunking.cut(Buffer.from(halves)) });
    expect(stdout).toBe("a👍b");
  });

  test("is printed whole on a terminal", async () => {
    expect(await showOnTerminal(halves)).toBe("a👍b\n");
  });

  test("whose second half is missing is replaced, and no other text is lost", async () => {
    expect(await show(answer("a\ud83d", "b"))).toBe("a\ufffdb");
    expect(await show(answer("a\ud83d"))).toBe("a\ufffd");
  });
});

describe("half a character at the end of a text", () => {
  const late = stream(
    created(),
    textDelta("a\ud83d"),
    completed(),
    // Arrives after the end, as a separate text.
    textDelta("\udc4db"),
  );

  test.each(chunkings)("is not joined to another text, with the input $name", async ({ cut }) => {
    const { stdout } = await run([], { stdin: cut(Buffer.from(late)) });
    expect(stdout).toBe("a\ufffd\ufffdb");
  });

  test("is not joined to the next part, which a separator precedes", async () => {
    const parts = stream(created(), reasoningDelta("a\ud83d", 0, 0), reasoningDelta("\udc4db", 0, 1));
    expect(await show(parts, "--show", "reasoning")).toBe("a\ufffd\n\n\ufffdb");
  });
});

describe("interleaved items are separated", () => {
  const calls: readonly Payload[] = [
    created(),
    itemAdded(0, functionCall("get_time")),
    itemAdded(1, functionCall("get_weather")),
    argumentsDelta('{"zone":', 0),
    argumentsDelta('{"city":', 1),
    argumentsDelta('"CET"}', 0),
    argumentsDelta('"Oslo"}', 1),
  ];
  const shown = '[get_time] {"zone":"CET"}\n[get_weather] {"city":"Oslo"}\n';

  test("if two function calls alternate and the first ends first", async () => {
    const ends = [argumentsDone('{"zone":"CET"}', 0), argumentsDone('{"city":"Oslo"}', 1)];
    expect(await show(stream(...calls, ...ends, completed()), "--show", "tools")).toBe(shown);
  });

  test("if the second ends first", async () => {
    const ends = [argumentsDone('{"city":"Oslo"}', 1), argumentsDone('{"zone":"CET"}', 0)];
    expect(await show(stream(...calls, ...ends, completed()), "--show", "tools")).toBe(shown);
  });

  test("if neither ends, as in a cut stream", async () => {
    expect(await show(stream(...calls), "--show", "tools")).toBe(shown);
  });

  test("if two messages alternate", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      itemAdded(1, { ...message, id: "msg_2" }),
      textDelta("one ", 0),
      textDelta("two ", 1),
      textDelta("ONE.", 0),
      textDelta("TWO.", 1),
      textDone("one ONE.", 0),
      itemDone(0, message),
      itemDone(1, { ...message, id: "msg_2" }),
      completed(),
    );
    expect(await show(input)).toBe("one ONE.two TWO.");
    expect(await showOnTerminal(input)).toBe("one ONE.\ntwo TWO.\n");
  });

  test("unless the shown item stays silent: the others do not wait for ever", async () => {
    const others = Array.from({ length: 40 }, (_, index) => textDelta(`${index} `, 1));
    const cutShort = stream(created(), textDelta("one ", 0), ...others);
    const { stdout } = await run(["-"], { stdin: [cutShort] });
    expect(stdout).toBe(`one ${others.map((_, index) => `${index} `).join("")}`);
    const back = await show(cutShort + streamFrom(42, textDelta("ONE.", 0), completed()));
    expect(back).toBe(`${stdout}ONE.`);
  });

  test("if a character is split over two deltas of one item, with the other between them", async () => {
    const input = stream(
      created(),
      textDelta("a\ud83d", 0),
      textDelta("b\ud83d", 1),
      textDelta("\udc4da", 0),
      textDelta("\udc4eb", 1),
      completed(),
    );
    expect(await show(input)).toBe("a👍ab👎b");
  });
});

describe("--show", () => {
  const input = stream(
    created(),
    itemAdded(0, { id: "rs_1", type: "reasoning" }),
    reasoningDelta("First.", 0, 0),
    reasoningDelta("Second.", 0, 1),
    itemDone(0, { id: "rs_1", type: "reasoning" }),
    itemAdded(1, functionCall("look_up")),
    argumentsDelta("{}", 1),
    itemDone(1, functionCall("look_up")),
    itemDone(2, { id: "ws_1", type: "web_search_call", action: { type: "search", query: "fish" } }),
    textDelta("hey", 3),
    refusalDelta("no", 4),
    completed(),
  );

  test("of one text channel prints only that text, with its parts as paragraphs", async () => {
    expect(await show(input, "--show", "reasoning")).toBe("First.\n\nSecond.");
    expect(await show(input, "--show", "refusal")).toBe("no");
  });

  test("of several channels labels each", async () => {
    expect(await show(input, "--show", "text,reasoning")).toBe("[reasoning]\nFirst.\n\nSecond.\n[text]\nhey\n");
  });

  test("of tools names each call, with its arguments or its query", async () => {
    expect(await show(input, "--show", "tools")).toBe("[look_up] {}\n[web_search_call] fish\n");
  });

  test("of all shows everything, in order of arrival", async () => {
    expect(await show(input, "--show", "all")).toBe(
      "[reasoning]\nFirst.\n\nSecond.\n[look_up] {}\n[web_search_call] fish\n[text]\nhey\n[refusal]\nno\n",
    );
  });

  test("of code shows the code of an interpreter under its name", async () => {
    const call = { id: "ci_1", type: "code_interpreter_call", code: "print(1)\nprint(2)" };
    const input = stream(created(), itemAdded(0, { ...call, code: "" }), itemDone(0, call), completed());
    expect(await show(input, "--show", "code")).toBe("[code_interpreter_call]\nprint(1)\nprint(2)\n");
  });
});

describe("whole text without deltas", () => {
  const parts = { content: [{ type: "output_text", text: "hey" }] };

  test.each([
    ["at the end of its part", [created(), textDone("hey"), completed()]],
    ["at the end of its item", [created(), itemDone(0, { ...message, ...parts }), completed()]],
    ["in the last snapshot", [created(), completed({ output: [{ ...message, ...parts }] })]],
  ])("is shown once: %s", async (_, payloads) => {
    expect(await show(stream(...payloads))).toBe("hey");
  });

  test("is not shown again after deltas", async () => {
    const whole = { ...message, ...parts };
    const input = stream(
      created(),
      itemAdded(0, message),
      textDelta("hey"),
      textDone("hey"),
      itemDone(0, whole),
      completed({ output: [whole] }),
    );
    expect(await show(input)).toBe("hey");
  });
});

describe("a stream of no known dialect", () => {
  test("is shown as its data, one line per event", async () => {
    expect(await show(data("one") + data("two\nlines") + data("three"))).toBe("one\ntwo\nlines\nthree\n");
  });

  test("is not shown for other channels", async () => {
    expect(await show(data("one"), "--show", "tools")).toBe("");
  });
});

test("each response of a capture begins a new line", async () => {
  expect(await show(answer("one") + answer("two\n") + answer("three"))).toBe("one\ntwo\nthree");
});
