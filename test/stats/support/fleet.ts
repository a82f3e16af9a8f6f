// A fleet of captures with times, of which everything is known: models with their own times, and gateways that cut streams.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../../mutation/random.ts";

export interface Call {
  readonly model: string;
  readonly gateway: string;
  readonly path: string;
  readonly isCut: boolean;
  readonly firstTokenMs: number;
  readonly longestGapMs: number;
  readonly silenceAtEndMs: number;
  /** Null of a response that is cut. */
  readonly totalMs: number | null;
  readonly inputTokens: number | null;
}

export interface FleetPlan {
  readonly size: number;
  readonly seed: string;
  /** A model whose first token takes that many times as long; null: none is slow. */
  readonly slow: { readonly model: string; readonly factor: number } | null;
  /** A gateway that cuts one in so many streams; null: all cut one in 200. */
  readonly cutting: { readonly gateway: string; readonly oneIn: number } | null;
}

export const models = ["tide-large", "tide-small", "ebb-1", "ebb-2"] as const;
export const gateways = ["north", "east", "south", "west", "inland"] as const;

const USUALLY_ONE_IN = 200;
/** Medians of the first token, by model. */
const MEDIAN_MS = [420, 180, 700, 330] as const;

/** Writes the captures into folders of their gateways, each with its times, and gives what is in them. */
export function writeFleet(folder: string, { size, seed, slow, cutting }: FleetPlan): readonly Call[] {
  const random = createRandom(seed);
  for (const gateway of gateways) mkdirSync(join(folder, gateway), { recursive: true });
  return Array.from({ length: size }, (_, index) => {
    const kind = random.below(models.length);
    const model = models[kind] ?? models[0];
    const gateway = random.pick(gateways);
    const factor = slow?.model === model ? slow.factor : 1;
    const firstTokenMs = Math.round((MEDIAN_MS[kind] ?? 0) * factor * Math.exp(SPREAD * normal(random)));
    const gaps = [random, random, random].map(() => 5 + Math.round(-40 * Math.log(1 - random.below(1000) / 1000)));
    const oneIn = cutting?.gateway === gateway ? cutting.oneIn : USUALLY_ONE_IN;
    const isCut = random.below(oneIn) === 0;
    const path = join(folder, gateway, `${String(index).padStart(6, "0")}.sse`);
    return writeCall({ path, model, gateway, isCut, firstTokenMs, gaps, inputTokens: 10 + random.below(1000) });
  });
}

const SPREAD = 0.35;

type Random = ReturnType<typeof createRandom>;

/** Near enough to a normal distribution: the sum of 12 even ones, less 6. */
function normal(random: Random): number {
  return Array.from({ length: 12 }, () => random.below(10_000) / 10_000).reduce((sum, value) => sum + value, -6);
}

interface Written extends Pick<Call, "path" | "model" | "gateway" | "isCut" | "firstTokenMs"> {
  readonly gaps: readonly number[];
  readonly inputTokens: number;
}

function writeCall({ path, model, gateway, isCut, firstTokenMs, gaps, inputTokens }: Written): Call {
  const [gap1 = 0, gap2 = 0, silenceAtEndMs = 0] = gaps;
  const event = (rest: object) =>
    `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model, ...rest })}\n\n`;
  const choice = (delta: object, finish: string | null) =>
    event({ choices: [{ index: 0, delta, finish_reason: finish }] });
  const end =
    choice({}, "stop") +
    event({
      choices: [],
      usage: { prompt_tokens: inputTokens, completion_tokens: 2, total_tokens: inputTokens + 2 },
    });
  const chunks = [
    choice({ role: "assistant", content: "Low" }, null),
    choice({ content: " tide" }, null),
    ...(isCut ? [] : [`${end}data: [DONE]\n\n`]),
  ];
  const times = [firstTokenMs, firstTokenMs + gap1, firstTokenMs + gap1 + gap2];
  const lastMs = times[chunks.length - 1] ?? 0;
  let offset = 0;
  const lines: object[] = [
    {
      schema: "ssescope/timing@1",
      source: "https://api.example/v1/chat/completions",
      startedAt: "2026-11-23T09:30:00.000Z",
      exchange: null,
      opening: null,
    },
  ];
  for (const [index, chunk] of chunks.entries()) {
    lines.push({ offset, length: chunk.length, ms: times[index] });
    offset += chunk.length;
  }
  lines.push({ end: "complete", ms: lastMs + silenceAtEndMs, heldBackMs: 0, error: null });
  writeFileSync(path, chunks.join(""));
  writeFileSync(`${path}.timing`, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return {
    model,
    gateway,
    path,
    isCut,
    firstTokenMs,
    longestGapMs: isCut ? Math.max(gap1, silenceAtEndMs) : Math.max(gap1, gap2),
    silenceAtEndMs,
    totalMs: isCut ? null : lastMs,
    inputTokens: isCut ? null : inputTokens,
  };
}
