// Collects facts into the responses of a report.
import {
  isTextDelta,
  isTextEnd,
  kindOf,
  type Fact,
  type ItemSnapshot,
  type StreamError,
  type TextDelta,
} from "../model/facts.ts";
import type { Listener } from "../model/listener.ts";
import type { TextBuffer } from "../model/text-buffer.ts";
import type { TextKind } from "../model/text-kinds.ts";
import type { Transcript } from "../model/transcript.ts";
import { createResponseTimer } from "../timing/response-timer.ts";
import { compactTexts, isFinished, itemAt, newResponse, NOTHING_KNOWN, type Response } from "./collected.ts";
import { reportResponse } from "./report-response.ts";
import type { ResponseReport } from "../model/report.ts";

export interface Collector extends Transcript, Listener {
  /** The responses so far. */
  responses(): ResponseReport[];
}

export function createCollector(): Collector {
  /** Responses followed by another one. */
  const finished: ResponseReport[] = [];
  let current: Response | null = null;

  /** The response of a fact; facts arrive in the order of the responses. */
  function responseAt(position: number): Response {
    if (current !== null && finished.length === position) return current;
    if (current !== null) {
      compactTexts(current);
      finished.push(reportResponse(current));
    }
    current = newResponse();
    return current;
  }

  /** The text that a delta continues. */
  function textOf(delta: TextDelta, atMs: number | null): TextBuffer {
    return itemAt(responseAt(delta.response), delta.item, atMs).texts.at(kindOf(delta), delta.part);
  }

  /** The text of a part; null if it has none, or more than is kept. */
  function wholeText(item: number, kind: TextKind, part: number): TextBuffer | null {
    const text = current?.items.get(item)?.texts.get(kind, part) ?? null;
    return text === null || text.isCut ? null : text;
  }

  function addFact(fact: Fact, atMs: number | null): void {
    if (!("response" in fact)) return;
    const response = responseAt(fact.response);
    if (isTextDelta(fact)) return textOf(fact, atMs).append(fact.text);
    if (isTextEnd(fact)) {
      const item = itemAt(response, fact.item, atMs);
      if (item.started || fact.text === null) return;
      return item.texts.at(kindOf(fact), fact.part).replace(fact.text);
    }
    switch (fact.type) {
      case "response-start":
        response.resumed = fact.resumed;
        takeSnapshot(response, fact);
        break;
      case "response-update":
        takeSnapshot(response, fact);
        response.outcome ??= fact.outcome;
        break;
      case "item-start":
      case "item-end": {
        const item = itemAt(response, fact.item, atMs);
        item.snapshot = mergeSnapshots(item.snapshot, fact.snapshot);
        item.started ||= fact.type === "item-start";
        break;
      }
      case "item-update": {
        const item = itemAt(response, fact.item, atMs);
        item.snapshot = { ...item.snapshot, status: fact.status };
        break;
      }
      case "item-dropped":
        itemAt(response, fact.item, atMs).dropped = true;
        break;
      case "part-start":
      case "part-end":
        break;
      case "annotation-added":
        itemAt(response, fact.item, atMs).annotations += 1;
        break;
      case "media-delta":
        itemAt(response, fact.item, atMs).mediaBase64Length += fact.base64Length;
        break;
      case "usage-reported":
        response.usage = fact.usage;
        break;
      case "server-timing-reported":
        response.serverTiming = fact.serverTiming;
        break;
      case "cost-reported":
        response.cost = fact.cost;
        break;
      case "error-reported":
        response.error = mergeErrors(response.error, fact.error);
        break;
      case "response-end":
        response.outcome = fact.outcome;
        response.status = fact.status ?? response.status;
        response.reason = fact.reason;
        break;
      default:
        fact satisfies never;
    }
  }

  return {
    read(reading) {
      const { atMs, sequenceNumber } = reading;
      for (const fact of reading.facts) addFact(fact, atMs);
      if (current === null) return;
      if (atMs !== null) (current.timer ??= createResponseTimer()).read(reading);
      if (sequenceNumber !== null) takeNumber(current, sequenceNumber);
    },
    stretch(stretch) {
      const { like, text, sequenceNumber } = stretch;
      for (const fact of like.facts) {
        if (isTextDelta(fact)) textOf(fact, like.atMs).appendStretch(text);
      }
      if (current === null) return;
      if (like.atMs !== null) (current.timer ??= createResponseTimer()).stretch(stretch);
      if (sequenceNumber !== null) takeNumber(current, sequenceNumber);
    },
    end({ endMs }) {
      if (endMs !== null && current !== null && !isFinished(current)) current.timer?.endUnfinished(endMs);
    },
    textOf: (item, kind, part) => wholeText(item, kind, part)?.toString() ?? null,
    hasText: (item, kind, part) => wholeText(item, kind, part) !== null,
    responses: () => (current === null ? finished : [...finished, reportResponse(current)]),
  };
}

function takeNumber(response: Response, sequenceNumber: number): void {
  response.sequence ??= { first: sequenceNumber, last: sequenceNumber };
  response.sequence.last = sequenceNumber;
}

function takeSnapshot(response: Response, snapshot: Pick<Response, "id" | "model" | "status" | "serviceTier">): void {
  response.id ??= snapshot.id;
  response.model = snapshot.model ?? response.model;
  response.status = snapshot.status ?? response.status;
  response.serviceTier = snapshot.serviceTier ?? response.serviceTier;
}

/** The later snapshot, completed with values that only the earlier one has. */
function mergeSnapshots(earlier: ItemSnapshot, later: ItemSnapshot): ItemSnapshot {
  if (earlier === NOTHING_KNOWN) return later;
  return { ...earlier, ...later, id: later.id ?? earlier.id, status: later.status ?? earlier.status };
}

/** The earlier error, completed from the later one: an `error` event is often followed by a failed response. */
function mergeErrors(earlier: StreamError | null, later: StreamError): StreamError {
  if (earlier === null) return later;
  return {
    type: earlier.type ?? later.type,
    code: earlier.code ?? later.code,
    message: earlier.message ?? later.message,
  };
}
