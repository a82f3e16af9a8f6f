// Facts in, the responses of a report out.
import {
  isTextDelta,
  isTextEnd,
  kindOf,
  separators,
  type Fact,
  type ItemSnapshot,
  type Outcome,
  type StreamError,
  type TextKind,
  type Usage,
} from "../facts.ts";
import type { ItemReport, ResponseReport } from "./report.ts";
import { createTextBuffer, type TextBuffer } from "../text-buffer.ts";
import { verdictOfResponse } from "./verdict.ts";

export interface Collector {
  /** Takes the facts of one event, and the number that the protocol gave it. */
  add(facts: readonly Fact[], sequenceNumber: number | null): void;
  /** The responses as far as they are known. */
  responses(): ResponseReport[];
}

interface Response {
  id: string | null;
  model: string | null;
  serviceTier: string | null;
  status: string | null;
  reason: string | null;
  resumed: boolean;
  outcome: Outcome | null;
  error: StreamError | null;
  usage: Usage | null;
  sequence: { first: number; last: number } | null;
  items: Map<number, Item>;
}

interface Item {
  index: number;
  snapshot: ItemSnapshot;
  /** Its beginning is in the input, so its deltas are all of its text. */
  started: boolean;
  texts: Map<TextKind, Map<number, TextBuffer>>;
  annotations: number;
  mediaBase64Length: number;
}

export function createCollector(): Collector {
  /** Responses after which another one has begun: only what the report says of them is kept. */
  const finished: ResponseReport[] = [];
  let current: Response | null = null;

  /** The response that a fact is about; facts come in the order of the responses. */
  function responseAt(position: number): Response {
    if (current !== null && finished.length === position) return current;
    if (current !== null) finished.push(reportResponse(current));
    current = newResponse();
    return current;
  }

  function addFact(fact: Fact): void {
    if (!("response" in fact)) return;
    const response = responseAt(fact.response);
    if (isTextDelta(fact)) return buffer(itemAt(response, fact.item), kindOf(fact), fact.part).append(fact.text);
    if (isTextEnd(fact)) {
      const item = itemAt(response, fact.item);
      if (item.started || fact.text === null) return;
      return buffer(item, kindOf(fact), fact.part).replace(fact.text);
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
        const item = itemAt(response, fact.item);
        item.snapshot = mergeSnapshots(item.snapshot, fact.snapshot);
        item.started ||= fact.type === "item-start";
        break;
      }
      case "item-update": {
        const item = itemAt(response, fact.item);
        item.snapshot = { ...item.snapshot, status: fact.status };
        break;
      }
      case "part-start":
      case "part-end":
        break;
      case "annotation-added":
        itemAt(response, fact.item).annotations += 1;
        break;
      case "media-delta":
        if (fact.item !== null) itemAt(response, fact.item).mediaBase64Length += fact.base64Length;
        break;
      case "usage-reported":
        response.usage = fact.usage;
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
    add(facts, sequenceNumber) {
      for (const fact of facts) addFact(fact);
      if (sequenceNumber === null || current === null) return;
      current.sequence ??= { first: sequenceNumber, last: sequenceNumber };
      current.sequence.last = sequenceNumber;
    },
    responses: () => (current === null ? finished : [...finished, reportResponse(current)]),
  };
}

function newResponse(): Response {
  return {
    id: null,
    model: null,
    serviceTier: null,
    status: null,
    reason: null,
    resumed: false,
    outcome: null,
    error: null,
    usage: null,
    sequence: null,
    items: new Map(),
  };
}

function itemAt(response: Response, index: number): Item {
  const known = response.items.get(index);
  if (known !== undefined) return known;
  const snapshot = { id: null, type: "unknown", status: null };
  const item = { index, snapshot, started: false, texts: new Map(), annotations: 0, mediaBase64Length: 0 };
  response.items.set(index, item);
  return item;
}

function buffer(item: Item, kind: TextKind, part: number): TextBuffer {
  let parts = item.texts.get(kind);
  if (parts === undefined) item.texts.set(kind, (parts = new Map()));
  let text = parts.get(part);
  if (text === undefined) parts.set(part, (text = createTextBuffer(MOST_KEPT_CHARACTERS)));
  return text;
}

function takeSnapshot(response: Response, snapshot: Pick<Response, "id" | "model" | "status" | "serviceTier">): void {
  response.id ??= snapshot.id;
  response.model = snapshot.model ?? response.model;
  response.status = snapshot.status ?? response.status;
  response.serviceTier = snapshot.serviceTier ?? response.serviceTier;
}

/** The later one, with what only the earlier one says. */
function mergeSnapshots(earlier: ItemSnapshot, later: ItemSnapshot): ItemSnapshot {
  return { ...earlier, ...later, id: later.id ?? earlier.id, status: later.status ?? earlier.status };
}

/** The earlier one, with what only the later one says: an `error` event is often followed by a failed response. */
function mergeErrors(earlier: StreamError | null, later: StreamError): StreamError {
  if (earlier === null) return later;
  return {
    type: earlier.type ?? later.type,
    code: earlier.code ?? later.code,
    message: earlier.message ?? later.message,
  };
}

function reportResponse(response: Response): ResponseReport {
  const items = [...response.items.values()].sort((a, b) => a.index - b.index).map(reportItem);
  const { id, model, serviceTier, status, reason, error, resumed, usage, sequence, outcome } = response;
  const refusal = items.map((item) => item.refusal ?? "").join("");
  return {
    id,
    model,
    serviceTier,
    verdict: verdictOfResponse({ outcome, hasError: error !== null, hasRefusal: refusal !== "" }),
    status,
    reason,
    error,
    resumed,
    text: items.map((item) => item.text ?? "").join(""),
    reasoning: joinParagraphs(items.map((item) => item.reasoning ?? "")),
    refusal,
    items,
    usage,
    sequence,
    timing: null,
  };
}

function reportItem(item: Item): ItemReport {
  const text = joinTexts(item, "text");
  const refusal = joinTexts(item, "refusal");
  const input = joinTexts(item, "tool-input");
  const output = joinTexts(item, "tool-output");
  const code = joinTexts(item, "code");
  const summary = joinTexts(item, "reasoning-summary");
  const reasoning = joinParagraphs([summary ?? "", joinTexts(item, "reasoning") ?? ""]);
  const { id, type, status, ...rest } = item.snapshot;
  return {
    index: item.index,
    id,
    type,
    status,
    ...rest,
    // A message has a text, if an empty one.
    ...((text !== null || type === "message") && { text: text ?? "" }),
    ...(reasoning !== "" && { reasoning }),
    ...(refusal !== null && { refusal }),
    ...(input !== null && { arguments: input }),
    ...(output !== null && { output }),
    ...(code !== null && { code }),
    ...(isCut(item) && { cut: true as const }),
    ...(item.annotations > 0 && { annotations: item.annotations }),
    ...(item.mediaBase64Length > 0 && { mediaBase64Length: item.mediaBase64Length }),
  };
}

/** A text of a gigabyte would be more than one string can hold; what arrives of it is shown all the same. */
const MOST_KEPT_CHARACTERS = 64 * 1024 ** 2;

function isCut(item: Item): boolean {
  return [...item.texts.values()].some((parts) => [...parts.values()].some((text) => text.isCut));
}

/** The parts of one kind in their order, null where the item has none. */
function joinTexts(item: Item, kind: TextKind): string | null {
  const parts = item.texts.get(kind);
  if (parts === undefined) return null;
  return [...parts.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text.toString())
    .join(separators[kind]);
}

function joinParagraphs(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}
