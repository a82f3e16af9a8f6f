// The view of `ssescope show`: selected whole events of one stream, or their bytes.
import type { Reading } from "../../model/reading.ts";
import { UNNAMED_EVENT } from "../../model/wire.ts";
import type { Page } from "../../terminal/page.ts";
import { writeFinding } from "../finding-lines.ts";
import type { StreamPlace, View, ViewListener } from "../view.ts";
import { type Address, isAt, isPast } from "./address.ts";
import { writeEvent } from "./event-page.ts";
import { createKeptBytes } from "./kept-bytes.ts";

export interface ShowOptions {
  readonly addresses: readonly Address[];
  /** The number of the stream in its source, from 1; null: the source must have only one. */
  readonly stream: number | null;
  /** Print bytes as they are in the input. */
  readonly raw: boolean;
  /** Do not cut long strings on a terminal. */
  readonly full: boolean;
  readonly maxEventBytes: number;
  /** Called when nothing more needs to be read. */
  readonly onDone: () => void;
  /** Bytes to read after the last selected event, because rules report some findings later. */
  readonly lookaheadBytes: number;
}

export interface Show {
  readonly view: View;
  /** The streams of the source, as far as it has been read. */
  readonly streams: readonly (StreamPlace | null)[];
  /** Addresses that matched an event. */
  readonly found: ReadonlySet<Address>;
  /** Events of the shown stream. */
  readonly events: number;
  /** Writes the output that waited because the source could have had several streams. */
  finish(): void;
}

/** The limit on streams that are listed if the user has to choose one. */
export const MOST_LISTED = 10;

export function createShow(options: ShowOptions): Show {
  const { stream, addresses, onDone } = options;
  const streams: (StreamPlace | null)[] = [];
  const found = new Set<Address>();
  let events = 0;
  /** Delayed output of the first stream, while it may turn out to be one of several; null: output is not delayed. */
  let held: (() => void)[] | null = null;

  function begin(page: Page, place: StreamPlace | null): ViewListener {
    streams.push(place);
    const number = streams.length;
    if (stream === null && number > 1) {
      held = null;
      if (number > MOST_LISTED) onDone();
    }
    if (number !== (stream ?? 1)) return {};
    const mayBeOneOfMany = stream === null && place !== null;
    if (mayBeOneOfMany) held = [];
    const write = (one: () => void): void => {
      if (!mayBeOneOfMany) one();
      else held?.push(one);
    };
    const show = options.raw ? showBytes(page, write, options) : showEvents(page, write, place, options);
    const follow = createFollower(addresses, found, show.event);
    let bytesBehind = 0;
    return {
      bytes(bytes, atMs, offset) {
        show.bytes?.(bytes, offset);
        if (!follow.isPast || mayBeOneOfMany) return;
        bytesBehind += bytes.length;
        if (bytesBehind > options.lookaheadBytes) onDone();
      },
      read(reading) {
        // Extra facts of an event are not an event.
        if (reading.stray) return;
        events = reading.event.index + 1;
        follow.take(reading);
        if (follow.isPast && !mayBeOneOfMany && options.lookaheadBytes === 0) onDone();
      },
      finding: (finding) => show.finding?.(finding),
    };
  }

  return {
    view: {
      name: "show",
      title: "some events",
      hasSummary: false,
      create: (page, { place = null }) => begin(page, place),
    },
    streams,
    found,
    get events() {
      return events;
    },
    finish() {
      for (const one of held ?? []) one();
      held = null;
    },
  };
}

/** Calls `onEvent` for each event up to the last selected one; those not selected are needed to measure times. */
function createFollower(
  addresses: readonly Address[],
  found: Set<Address>,
  onEvent: (reading: Reading, isAskedFor: boolean) => void,
): { take(reading: Reading): void; readonly isPast: boolean } {
  let past = false;
  let lastId = "";
  return {
    take(reading) {
      if (past) return;
      const { event } = reading;
      const hasId = event.lastEventId !== lastId;
      lastId = event.lastEventId;
      const lines = event.data.split("\n").length + (event.event === UNNAMED_EVENT ? 0 : 1) + (hasId ? 1 : 0);
      const matching = addresses.filter((address) => isAt(address, reading, lines));
      for (const address of matching) found.add(address);
      onEvent(reading, matching.length > 0);
      past = addresses.every((address) => isPast(address, reading) || isLast(address, reading));
    },
    get isPast() {
      return past;
    },
  };
}

/** Whether an event is the last one at an address. */
function isLast({ by, to }: Address, { event }: Reading): boolean {
  return by === "index" && event.index === to;
}

type Write = (one: () => void) => void;

interface Shower {
  readonly event: (reading: Reading, isAskedFor: boolean) => void;
  bytes?(bytes: Uint8Array, offset: number | undefined): void;
  finding?: NonNullable<ViewListener["finding"]>;
}

function showEvents(page: Page, write: Write, place: StreamPlace | null, { full }: ShowOptions): Shower {
  const shown = new Set<number>();
  /** The index of the last event read. */
  let last: number | null = null;
  let lastMs: number | null = null;
  return {
    event(reading, isAskedFor) {
      const { event, atMs } = reading;
      last = event.index;
      const sinceMs = atMs === null || lastMs === null ? null : Math.max(atMs - lastMs, 0);
      lastMs = atMs;
      if (!isAskedFor) return;
      const isFirst = shown.size === 0;
      shown.add(event.index);
      write(() => {
        if (!isFirst) page.write("\n");
        writeEvent(page, { reading, sinceMs, place }, full);
      });
    },
    finding(finding) {
      if (finding.event === null || !shown.has(finding.event)) return;
      const isBeside = finding.event === last;
      write(() => writeFinding(page, finding, 0, isBeside));
    },
  };
}

const CR = 0x0d;
const LF = 0x0a;

function showBytes(page: Page, write: Write, { maxEventBytes }: ShowOptions): Shower {
  const kept = createKeptBytes(maxEventBytes);
  /** The end of a written event that ends in a CR whose LF may still come. */
  let endsAt: number | null = null;
  return {
    bytes(bytes, offset) {
      if (offset === undefined) return;
      if (endsAt === offset && bytes[0] === LF) write(() => page.writeBytes(Buffer.from([LF])));
      endsAt = null;
      kept.add(bytes, offset);
    },
    event({ event }, isAskedFor) {
      const end = event.offset + event.length;
      if (isAskedFor) {
        // The pieces are valid only during the call, and writing may be delayed.
        const pieces = kept.between(event.offset, end).map((piece) => Uint8Array.from(piece));
        endsAt = pieces.at(-1)?.at(-1) === CR ? end : null;
        write(() => {
          for (const piece of pieces) page.writeBytes(piece);
        });
      }
      kept.drop(end);
    },
  };
}
