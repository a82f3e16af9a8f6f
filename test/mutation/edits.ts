// The changes of which mutations are made. None changes what it is given.
import { indexAt, putIn, type Path } from "./json.ts";
import { numberOf, type Specimen } from "./specimen.ts";
import { createFrame, type Frame, withPayload } from "./stream.ts";

/** The event with another value, or none (`ABSENT`), at a path of its payload. */
export function alter(frame: Frame, path: Path, value: unknown): Frame {
  if (frame.payload === null) throw new Error("there is no payload to alter");
  return withPayload(frame, putIn(frame.payload, path, value));
}

/** The same event once more. */
export function copyOf(frame: Frame): Frame {
  return { ...frame, origin: frame.origin ?? frame };
}

/** A new event, framed as OpenAI frames its own. */
export function newEvent(payload: { readonly type: string; readonly [key: string]: unknown }): Frame {
  return createFrame([`event: ${payload.type}`, `data: ${JSON.stringify(payload)}`], null);
}

/** A new event of data alone. */
export function newData(data: string): Frame {
  return createFrame([`data: ${data}`], null);
}

/** The frames with others, or with none, in place of one. */
export function replace(frames: readonly Frame[], old: Frame, ...others: readonly Frame[]): Frame[] {
  return frames.flatMap((frame) => (frame === old ? others : [frame]));
}

export function without(frames: readonly Frame[], ...gone: readonly Frame[]): Frame[] {
  return frames.filter((frame) => !gone.includes(frame));
}

/** The frames with one of them behind another. */
export function moveBehind(frames: readonly Frame[], moved: Frame, target: Frame): Frame[] {
  return replace(without(frames, moved), target, target, moved);
}

/** Gives a stream whose events were dropped, added or moved sequence numbers without a sign of it. */
export function renumber({ responses }: Specimen, frames: readonly Frame[]): Renumbered {
  const responseOf = new Map(responses.flatMap((response) => response.frames.map((frame) => [frame, response])));
  const renamed = new Map<Frame, Frame>();
  let current = responses[0];
  let next = current?.firstNumber ?? 0;
  for (const frame of frames) {
    const response = responseOf.get(frame.origin ?? frame);
    if (response !== undefined && response !== current) {
      current = response;
      next = response.firstNumber;
    }
    const number = numberOf(frame);
    if (number === null) continue;
    if (number !== next) renamed.set(frame, alter(frame, ["sequence_number"], next));
    next += 1;
  }
  return {
    frames: frames.map((frame) => renamed.get(frame) ?? frame),
    now: (frame) => renamed.get(frame) ?? frame,
  };
}

export interface Renumbered {
  readonly frames: readonly Frame[];
  /** What became of a frame. */
  readonly now: (frame: Frame) => Frame;
}

/** A text with another character at a place: as long as before. */
export function changeCharacter(text: string, place: number): string {
  const characters = Array.from(text);
  characters[place] = characters[place] === "x" ? "y" : "x";
  return characters.join("");
}

/** A position that no item of the response has. */
export function farIndex(frames: readonly Frame[]): number {
  return Math.max(...frames.map(({ payload }) => indexAt(payload, "output_index") ?? 0)) + 7;
}
