// What the engines read: the fixtures, and a few hundred captures with known faults, as records and as files.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A capture, and when its chunks came. */
interface Captured {
  readonly name: string;
  readonly body: Buffer;
  readonly times: readonly (readonly [ms: number, bytes: number])[];
}

const MADE = 300;
const MODELS = ["model-a", "model-b", "slow-model"];
/** Every 17th is cut. */
const CUT = 17;

function made(number: number): Captured {
  const model = MODELS[number % MODELS.length] ?? "";
  const chunk = (delta: object, finishReason: string | null) => {
    const choices = [{ index: 0, delta, finish_reason: finishReason }];
    return `data: ${JSON.stringify({ id: `c${number}`, object: "chat.completion.chunk", created: 1, model, choices })}\n\n`;
  };
  const words = Array.from({ length: 3 + (number % 20) }, (_, index) => chunk({ content: ` ${index} Wörter` }, null));
  const end = number % CUT === 0 ? [] : [`${chunk({}, "stop")}data: [DONE]\n\n`];
  const chunks = [chunk({ role: "assistant", content: "" }, null), ...words, ...end];
  const firstMs = model === "slow-model" ? 900.5 : 100.25;
  const times = chunks.map((text, index) => [firstMs + index * 10, Buffer.byteLength(text)] as const);
  return { name: `made/${number}.sse`, body: Buffer.from(chunks.join("")), times };
}

/** Fixtures whose bodies a record may carry: those that are the stream itself. */
function ofFixtures(): readonly Captured[] {
  const folder = join(import.meta.dirname, "..", "..", "fixtures");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".sse"));
  return names.sort().map((name, index) => {
    return { name: `fixture/${index}.sse`, body: readFileSync(join(folder, name)), times: [] };
  });
}

export const fleet: readonly Captured[] = [
  ...Array.from({ length: MADE }, (_, number) => made(number)),
  ...ofFixtures(),
];

/** Writes the fleet as records, a line each; gives the path. Every second body is text, where it can be. */
export function writeRecords(folder: string): string {
  const lines = fleet.map(({ name, body, times }, index) => {
    const text = body.toString("utf8");
    const isText = index % 2 === 0 && Buffer.from(text).equals(body);
    const startedAt = `2026-11-23T09:30:00.${String(index % 1000).padStart(3, "0")}Z`;
    return JSON.stringify({
      source: name,
      ...(isText ? { body: text } : { bodyBase64: body.toString("base64") }),
      ...(times.length > 0 && { times, startedAt }),
    });
  });
  const path = join(folder, "records.ndjson");
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

/** Writes the fleet as captures; gives their paths. */
export function writeCaptures(folder: string): readonly string[] {
  for (const below of ["made", "fixture"]) mkdirSync(join(folder, below), { recursive: true });
  return fleet.map(({ name, body }) => {
    const path = join(folder, name);
    writeFileSync(path, body);
    return path;
  });
}
