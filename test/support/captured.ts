// The basic test stream, whole and cut after its text delta.
import { fixtureNamed } from "./fixtures.ts";

/** A whole stream of the Responses API whose text is "hey": 9 events. */
export const hey = Buffer.from(fixtureNamed("openai-responses/hey.sse").bytes);

/** `hey` up to and including its only text delta. */
export const heyUntilDelta = hey.subarray(0, hey.indexOf("event: response.output_text.done"));
export const heyAfterDelta = hey.subarray(heyUntilDelta.length);
