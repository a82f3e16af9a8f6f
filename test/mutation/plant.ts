// Plants faults in streams, has them inspected, and tells which were found and what else was.
import { inspectSource } from "../../src/pipeline/inspect-source.ts";
import { DEFAULT_POLICY } from "../../src/rules/policy.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Source } from "../../src/sources/source.ts";
import { bareInput } from "../../src/sources/input.ts";
import { createPage } from "../../src/terminal/page.ts";
import type { View } from "../../src/views/view.ts";
import { Writable } from "node:stream";
import type { Mutation, Planted, Sighting } from "./mutation.ts";
import { createRandom } from "./random.ts";
import type { Specimen } from "./specimen.ts";
import { type Frame, type Location, locate, writeStream } from "./stream.ts";

/** A fault that was planted, and what came of it. */
export interface Outcome {
  readonly mutation: Mutation;
  readonly specimen: Specimen;
  readonly bytes: Buffer;
  /** What was demanded, in words. */
  readonly demanded: string;
  readonly isFound: boolean;
  /** What was found besides, and is not in the stream without the fault. */
  readonly consequences: readonly Finding[];
}

const MAX_EVENT_BYTES = 64 * 1024 * 1024;
/** Shows nothing: the reports are all that is asked for. */
const SILENT: View = { name: "silent", title: "nothing", hasSummary: false, create: () => ({}) };

/** The findings of the pipeline that the command runs. */
export async function findingsOf(bytes: Uint8Array): Promise<readonly Finding[]> {
  async function* chunks() {
    yield { bytes, atMs: null };
  }
  const source: Source = { name: "-", open: async () => bareInput(chunks()) };
  const page = createPage(new Writable({ write: (_chunk, _encoding, done) => done() }));
  const viewOptions = { channels: new Set<never>(), source: null, isOneOfMany: false };
  const reports = await inspectSource(
    source,
    {
      framing: null,
      dialect: null,
      rules: DEFAULT_POLICY,
      maxEventBytes: MAX_EVENT_BYTES,
      maxDecodedBytes: MAX_EVENT_BYTES,
    },
    { view: SILENT, options: viewOptions, page },
    new AbortController().signal,
  );
  return reports.flatMap(({ findings }) => findings);
}

/** How much is planted. */
export interface Amount {
  /** Seeded places of each stream at which a mutation is planted. */
  readonly places: number;
  /** Streams in which it is planted: the first that have a place for it. */
  readonly streams: number;
}

/** Plants every mutation in streams, and gives what came of it. */
export async function plantAll(
  specimens: readonly Specimen[],
  mutations: readonly Mutation[],
  amount: Amount,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const left = new Map(mutations.map((mutation) => [mutation, amount.streams]));
  for (const specimen of specimens) {
    const wanted = mutations.filter((mutation) => left.get(mutation) !== 0);
    const before = wanted.length === 0 ? [] : await findingsOf(writeStream(specimen.stream, specimen.frames));
    for (const mutation of wanted) {
      const countBefore = outcomes.length;
      const random = createRandom(`${mutation.name} / ${specimen.name}`);
      for (const plant of random.sample(mutation.places(specimen), amount.places)) {
        const planted = plant(random);
        // Some rules speak once of a response: what is found already cannot be found again.
        const isHidden = before.some(({ rule }) => planted.sightings.some((sighting) => sighting.rule === rule));
        if (!isHidden) outcomes.push(await judge(mutation, specimen, planted, before));
      }
      if (outcomes.length > countBefore) left.set(mutation, (left.get(mutation) ?? 0) - 1);
    }
  }
  return outcomes;
}

async function judge(
  mutation: Mutation,
  specimen: Specimen,
  { frames, sightings }: Planted,
  before: readonly Finding[],
): Promise<Outcome> {
  const bytes = writeStream(specimen.stream, frames);
  const locations = locate(frames);
  const found = newFindings(await findingsOf(bytes), before, specimen, frames, locations);
  const sighted = found.find((finding) => sightings.some((sighting) => isSighted(finding, sighting, locations)));
  const demanded = sightings.map(({ rule, at }) => `${rule ?? "any rule"} at event ${locations.get(at)?.index}`);
  return {
    mutation,
    specimen,
    bytes,
    demanded: demanded.join(" or "),
    isFound: sighted !== undefined,
    consequences: found.filter((finding) => finding !== sighted),
  };
}

function isSighted({ rule, event, line }: Finding, sighting: Sighting, locations: Map<Frame, Location>): boolean {
  const location = locations.get(sighting.at);
  if (location === undefined || event !== location.index || line === null) return false;
  return (sighting.rule ?? rule) === rule && line >= location.firstLine && line <= location.lastLine;
}

/** The findings that the stream has because of the fault: those of the same rule at the same event as before are not new. */
function newFindings(
  findings: readonly Finding[],
  before: readonly Finding[],
  specimen: Specimen,
  frames: readonly Frame[],
  locations: Map<Frame, Location>,
): Finding[] {
  const originals = locate(specimen.frames);
  const originalIndexes = new Map<number, number>();
  for (const frame of frames) {
    const original = originals.get(frame.origin ?? frame);
    const now = locations.get(frame);
    if (original !== undefined && now !== undefined) originalIndexes.set(now.index, original.index);
  }
  const old = before.map(({ rule, event }) => `${rule} ${event}`);
  return findings.filter(({ rule, event }) => {
    const known = old.indexOf(`${rule} ${event === null ? null : originalIndexes.get(event)}`);
    if (known !== -1) old.splice(known, 1);
    return known === -1;
  });
}
