// A framing or dialect that the user names but that does not fit must not look like a completed stream.
import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.ts";
import { framings } from "../../src/framing/index.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";

const INPUTS = [
  "openai-responses/hey.sse",
  "openai-chat/text.sse",
  "anthropic/text.sse",
  "ollama/chat.ndjson",
  "json-array/gemini.json",
  "har/chrome.har",
  "cassette/go-vcr.yaml",
  "log/kubectl.log",
];

/** How an input ends, and the printed output. */
async function inspect(name: string, ...options: string[]) {
  const { exitCode, stdout } = await run([...options, "-"], { stdin: [fixtureNamed(name).bytes] });
  return { exitCode, stdout };
}

describe.each(INPUTS)("%s", (name) => {
  test.each(framings.map((framing) => framing.name))(
    "does not pass with --framing %s, unless the output is the same",
    async (framing) => {
      const detected = await inspect(name);
      const named = await inspect(name, "--framing", framing);
      expect(named.exitCode).toBeLessThan(70);
      expect(named.exitCode !== 0 || named.stdout === detected.stdout).toBe(true);
    },
  );

  // Naming `generic` asks for no protocol.
  const others = dialects.map((dialect) => dialect.name).filter((dialect) => dialect !== "generic");
  test.each(others)("does not pass with --dialect %s, unless that is its dialect", async (dialect) => {
    const detected = await inspect(name);
    const named = await inspect(name, "--dialect", dialect);
    expect(named.exitCode).toBeLessThan(70);
    expect(named.exitCode !== 0 || named.stdout === detected.stdout).toBe(true);
  });
});
