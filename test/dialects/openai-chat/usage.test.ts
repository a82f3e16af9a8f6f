import { describe, expect, test } from "vitest";
import { delta, done, finish, stream, usageChunk } from "../../support/chunks.ts";
import { reportOf } from "../../support/read-report.ts";

describe("Usage of chat completions", () => {
  test("that is not reported is null, never 0", async () => {
    expect(await usageOf({})).toEqual([null, null, null, null, null]);
    expect(await usageOf({ prompt_tokens: 3 })).toEqual([3, null, null, null, null]);
    expect(await usageOf({ prompt_tokens: "3", completion_tokens: -1, total_tokens: 1.5 })).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    const { responses } = await reportOf(stream({ ...delta({ content: "a" }), usage: null }, finish("stop"), done));
    expect(responses[0]?.usage).toBeNull();
  });

  test("adds reasoning to the output if the total shows that it is separate", async () => {
    const details = { completion_tokens_details: { reasoning_tokens: 4 } };
    const counts = { prompt_tokens: 5, completion_tokens: 6 };
    expect(await usageOf({ ...counts, total_tokens: 15, ...details })).toEqual([5, null, 10, 4, 15]);
    expect(await usageOf({ ...counts, total_tokens: 11, ...details })).toEqual([5, null, 6, 4, 11]);
    expect(await usageOf({ ...counts, total_tokens: 11, completion_tokens_details: { reasoning_tokens: 0 } })).toEqual([
      5,
      null,
      6,
      0,
      11,
    ]);
  });

  test.each<[string, object]>([
    ["OpenAI's", { prompt_tokens_details: { cached_tokens: 3 } }],
    ["DeepSeek's", { prompt_cache_hit_tokens: 3, prompt_cache_miss_tokens: 2 }],
    ["Moonshot's", { cached_tokens: 3 }],
    ["of runs", { prompt_token_details: { cached_tokens: 3 } }],
  ])("has cached input: %s", async (_, cached) => {
    expect(await usageOf({ prompt_tokens: 5, ...cached })).toEqual([5, 3, null, null, null]);
  });

  test("in every chunk is that of the last one", async () => {
    const counted = [1, 2].map((tokens) => usageChunk({ completion_tokens: tokens }));
    const { responses } = await reportOf(stream(...counted, finish("stop")));
    expect(responses).toMatchObject([{ usage: { outputTokens: 2 } }]);
  });
});

/** Input, cached, output, reasoning, total; checks that `raw` is the provider's own object. */
async function usageOf(usage: object): Promise<readonly (number | null)[]> {
  const { responses } = await reportOf(stream(finish("stop"), { ...usageChunk(), usage }, done));
  const counts = responses[0]?.usage;
  if (!counts) throw new Error("no usage was read");
  expect(counts.raw).toEqual(usage);
  const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens, totalTokens } = counts;
  return [inputTokens, cachedInputTokens, outputTokens, reasoningTokens, totalTokens];
}
