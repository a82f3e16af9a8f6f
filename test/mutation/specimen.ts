// What stands where in a stream of the Responses API: its responses, items and parts, each by the frames that tell of it.
import { at, indexAt, listAt, textAt } from "./json.ts";
import type { Frame, Stream } from "./stream.ts";

export interface Specimen {
  readonly name: string;
  readonly stream: Stream;
  readonly frames: readonly Frame[];
  readonly responses: readonly SpecimenResponse[];
  /** Those that were added just once: of the others it cannot be told what belongs to whom. */
  readonly items: readonly SpecimenItem[];
  readonly parts: readonly SpecimenPart[];
}

export interface SpecimenResponse {
  /** Its frames with a payload, in their order. */
  readonly frames: readonly Frame[];
  readonly created: Frame | null;
  readonly terminal: Frame | null;
  /** The first event after which it is not open any more: the terminal one, an error, a snapshot that says so. */
  readonly end: Frame | null;
  /** It ended as it should. */
  readonly isCompleted: boolean;
  /** The first sequence number. */
  readonly firstNumber: number;
}

export interface SpecimenItem {
  readonly response: SpecimenResponse;
  readonly position: number;
  readonly id: string | null;
  readonly type: string | null;
  readonly added: Frame;
  readonly done: Frame | null;
  /** All events that name its position, `added` and `done` too. */
  readonly frames: readonly Frame[];
  /** Its place in the terminal event's output; null where it is not in it. */
  readonly place: number | null;
}

/** A text that comes in deltas, or whole. */
export interface SpecimenPart {
  readonly item: SpecimenItem;
  /** Those with text. */
  readonly deltas: readonly Frame[];
  /** The event that says that the text is done, and the field that has it. */
  readonly done: Frame;
  readonly field: string;
  readonly text: string;
}

/** The events that end texts: `<kind>.done`, after `<kind>.delta`. */
const TEXT_FIELDS: ReadonlyMap<string, string> = new Map([
  ["response.output_text", "text"],
  ["response.refusal", "refusal"],
  ["response.reasoning_text", "text"],
  ["response.reasoning_summary_text", "text"],
  ["response.function_call_arguments", "arguments"],
  ["response.mcp_call_arguments", "arguments"],
  ["response.custom_tool_call_input", "input"],
  ["response.code_interpreter_call_code", "code"],
  ["response.shell_call_command", "command"],
  ["response.apply_patch_call_operation_diff", "diff"],
]);
const CREATED = "response.created";
export const ADDED = "response.output_item.added";
export const DONE = "response.output_item.done";
const TERMINALS: ReadonlySet<string> = new Set(["response.completed", "response.incomplete", "response.failed"]);
/** Statuses of a snapshot with which nothing more is to come. */
const ENDED: ReadonlySet<unknown> = new Set(["cancelled", "failed", "incomplete"]);

export function examine(name: string, stream: Stream): Specimen {
  const { frames } = stream;
  const responses = splitResponses(frames).map(readResponse);
  const items = responses.flatMap(readItems);
  return { name, stream, frames, responses, items, parts: items.flatMap(readParts) };
}

/** The number that an event has. */
export function numberOf(frame: Frame | undefined): number | null {
  return indexAt(frame?.payload, "sequence_number");
}

/** The text that an event adds; null where it adds none. */
export function deltaOf(frame: Frame): string | null {
  return frame.type.endsWith(".delta") && !frame.type.includes(".audio.") ? textAt(frame.payload, "delta") : null;
}

export function isTerminal(frame: Frame): boolean {
  return TERMINALS.has(frame.type);
}

/** Events that a blank line ends, without the first one: it tells most of what a stream is, and is damaged apart. */
export function wholeEvents({ responses }: Specimen): Frame[] {
  return responses
    .flatMap(({ frames }) => frames)
    .slice(1)
    .filter(({ isEnded }) => isEnded);
}

/** Whether an event begins or ends a response: faults of those have mutations of their own. */
export function isLifecycle(frame: Frame): boolean {
  return frame.type === CREATED || frame.type === "error" || isTerminal(frame);
}

function splitResponses(frames: readonly Frame[]): Frame[][] {
  const responses: Frame[][] = [];
  for (const frame of frames) {
    if (frame.payload === null) continue;
    if (responses.length === 0 || frame.type === CREATED) responses.push([]);
    responses.at(-1)?.push(frame);
  }
  return responses;
}

function readResponse(frames: readonly Frame[]): SpecimenResponse {
  const terminal = frames.find(isTerminal) ?? null;
  return {
    frames,
    created: frames.find(({ type }) => type === CREATED) ?? null,
    terminal,
    end: frames.find(isEnd) ?? null,
    isCompleted: terminal?.type === "response.completed" && at(terminal.payload, "response", "status") === "completed",
    firstNumber: frames.map(numberOf).find((number) => number !== null) ?? 0,
  };
}

function isEnd({ type, payload }: Frame): boolean {
  return TERMINALS.has(type) || type === "error" || ENDED.has(at(payload, "response", "status"));
}

function readItems(response: SpecimenResponse): SpecimenItem[] {
  const byPosition = new Map<number, Frame[]>();
  for (const frame of response.frames) {
    const position = indexAt(frame.payload, "output_index");
    if (position !== null) byPosition.set(position, [...(byPosition.get(position) ?? []), frame]);
  }
  return [...byPosition].flatMap(([position, frames]) => {
    const [added, ...others] = frames.filter(({ type }) => type === ADDED);
    if (added === undefined || others.length > 0) return [];
    const id = textAt(added.payload, "item", "id");
    const output = listAt(response.terminal?.payload, "response", "output");
    const place = output.findIndex((item) => id !== null && textAt(item, "id") === id);
    const done = frames.find(({ type }) => type === DONE) ?? null;
    const type = textAt(added.payload, "item", "type");
    return [{ response, position, id, type, added, done, frames, place: place === -1 ? null : place }];
  });
}

function readParts(item: SpecimenItem): SpecimenPart[] {
  return [...TEXT_FIELDS].flatMap(([kind, field]) =>
    item.frames
      .filter(({ type }) => type === `${kind}.done`)
      .flatMap((done) => {
        const text = textAt(done.payload, field);
        if (text === null) return [];
        const isOfPart = (frame: Frame) => frame.type === `${kind}.delta` && partNumber(frame) === partNumber(done);
        const deltas = item.frames.filter((frame) => isOfPart(frame) && (deltaOf(frame) ?? "") !== "");
        return [{ item, deltas, done, field, text }];
      }),
  );
}

function partNumber({ payload }: Frame): number {
  return (
    indexAt(payload, "content_index") ?? indexAt(payload, "summary_index") ?? indexAt(payload, "command_index") ?? 0
  );
}
