// `ssescope show FILE 12-14`: prints events of one stream in full.
import { UserError } from "../errors.ts";
import { EXIT_INTERRUPTED, EXIT_OK } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import type { Report } from "../model/report.ts";
import { isUrl, shownName } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { preparePages } from "../terminal/prepare-page.ts";
import type { Pages } from "../terminal/pages.ts";
import { type Address, wordsOfAddress } from "../views/show/address.ts";
import { createShow, MOST_LISTED, type Show } from "../views/show/show.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cut } from "../wording/cut.ts";
import { checkSources } from "./check-sources.ts";
import type { CommandDefinition, Example, HelpSection } from "./command.ts";
import { joinAsAsked } from "./join-as-asked.ts";
import { InvalidValueError } from "./options/invalid-value.ts";
import type { ArgumentsOf } from "./options/option.ts";
import { parseAddress, showOptions } from "./options/show.ts";
import { streamOptions } from "./options/stream.ts";
import { defaultRules, readingOptions, sourceContext } from "./read-options.ts";
import { readSource } from "./read-source.ts";

const allOptions = [...showOptions, ...streamOptions] as const;

type ShowArguments = ArgumentsOf<typeof allOptions>;

/** Bytes of a file that are read after the last requested event, so that findings a little later are shown. */
const LOOKAHEAD_BYTES = 256 * 1024;
const LONGEST_NAME = 60;

/** Throws UserError if the source cannot be read, or has no such event. */
async function showEvents(
  name: string,
  addresses: readonly Address[],
  options: ShowArguments,
  io: Io,
  pages: Pages,
): Promise<number> {
  await preparePages(pages, options.color || "never", io);
  checkSources([name], options, io);
  const done = new AbortController();
  const isLive = isUrl(name) || name === STDIN_NAME;
  const show = createShow({
    addresses,
    stream: options.stream ?? null,
    raw: options.raw === true,
    full: options.full === true,
    maxEventBytes: options.maxEventSize,
    // A recording is always complete.
    onDone: () => (options.record === undefined ? done.abort() : undefined),
    lookaheadBytes: isLive ? 0 : LOOKAHEAD_BYTES,
  });
  const showing = {
    view: show.view,
    options: { channels: new Set<never>(), source: null, isOneOfMany: false },
    page: pages.stdout,
  };
  const reading = { ...readingOptions(options), rules: defaultRules(options) };
  const join = joinAsAsked(options, pages, io.clock, true);
  const until = AbortSignal.any([io.interrupt, done.signal]);
  const { reports, error } = await readSource(name, sourceContext(options, io, pages), reading, showing, until, join);
  if (error !== null) throw error;
  checkStream(shownName(name), options.stream ?? null, show);
  show.finish();
  if (options.raw === true && pages.stdout.isTerminal) pages.stdout.endLine();
  if (io.interrupt.aborted) return EXIT_INTERRUPTED;
  const missing = addresses.find((address) => !show.found.has(address));
  if (missing !== undefined) {
    await pages.stdout.flush();
    throw noSuchEvent(shownName(name), missing, show.events, reports[(options.stream ?? 1) - 1]);
  }
  return EXIT_OK;
}

/** Throws UserError unless there is one stream to show. */
function checkStream(name: string, stream: number | null, { streams }: Show): void {
  const count = countOf(streams.length, "stream");
  if (stream === null && streams.length > 1) {
    const listed = streams.slice(0, MOST_LISTED).map((place, index) => {
      const name = place?.name ?? null;
      const label = name === null ? "" : `, ${cut(name, LONGEST_NAME)}`;
      return `${index + 1} (line ${formatCount(place?.line ?? 1)}${label})`;
    });
    const more = streams.length > MOST_LISTED ? ", …" : "";
    throw new UserError(
      `${name} has ${streams.length > MOST_LISTED ? `more than ${MOST_LISTED} streams` : count}`,
      `choose one with --stream: ${listed.join(", ")}${more}`,
    );
  }
  if (stream !== null && stream > streams.length) {
    throw new UserError(`${name} has ${count}, so --stream ${stream} does not exist`);
  }
}

function noSuchEvent(name: string, address: Address, events: number, report: Report | undefined): UserError {
  const problem = `no ${wordsOfAddress(address)} in ${name}`;
  if (events === 0) {
    const reason = report?.error?.message ?? null;
    return new UserError(`${problem}: ${reason ?? "it has no events"}`, `ssescope ${name} describes the input`);
  }
  return new UserError(`${problem}: it has ${countOf(events, "event")}, 0 to ${formatCount(events - 1)}`);
}

function readAddress(text: string): Address {
  try {
    return parseAddress(text);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw new UserError(`cannot show ${text}`, error.message);
  }
}

function examples(): readonly Example[] {
  return [
    { command: "ssescope show capture.sse 12", meaning: "print an event in full" },
    { command: "ssescope show capture.sse 12-14 line:120", meaning: "print three events, and the one at line 120" },
    { command: "ssescope show --raw capture.sse.gz 12 > event.sse", meaning: "write the bytes of an event to a file" },
    { command: "ssescope show --stream 2 session.har 0-", meaning: "print all events of the second stream" },
  ];
}

async function helpSections(): Promise<readonly HelpSection[]> {
  return [
    {
      title: "Events",
      text:
        "Indexes count from 0, as in the events format, findings and reports. Reading stops soon after the last " +
        "requested event, so findings that appear only later are not shown.",
      rows: [
        ["12", "the event with this index"],
        ["12-14, 12-", "a range; without an end, to the end of the stream"],
        ["line:120", "the event at this line of the stream"],
        ["seq:7", "the event with this sequence number of its protocol"],
      ],
    },
  ];
}

export const showCommand: CommandDefinition<typeof allOptions> = {
  operands: [
    { form: "<source>", summary: "a path, - for stdin, or a URL", completes: "paths" },
    { form: "<event...>", summary: "indexes: 12, 12-14, 12-; line:120; seq:7", completes: () => [] },
  ],
  options: allOptions,
  usualOptions: ["raw", "full", "stream", "framing", "data"],
  examples,
  sections: helpSections,
  run: ([source = "", ...events], options, { io, pages }) =>
    showEvents(source, events.map(readAddress), options, io, pages),
};
