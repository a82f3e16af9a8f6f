// The names of AG-UI's events, which servers spell `RUN_STARTED` or, after the SDK's classes, `RunStarted`.
// https://docs.ag-ui.com/sdk/js/core/events

/** The subject of an event: the answer, or the run's steps, its state and other content for a frontend. */
export const EVENTS: ReadonlyMap<string, "answer" | "beside"> = new Map([
  ...named(
    "answer",
    `RUN_STARTED RUN_FINISHED RUN_ERROR TEXT_MESSAGE_START TEXT_MESSAGE_CONTENT TEXT_MESSAGE_END TEXT_MESSAGE_CHUNK
    TOOL_CALL_START TOOL_CALL_ARGS TOOL_CALL_END TOOL_CALL_CHUNK THINKING_TEXT_MESSAGE_START
    THINKING_TEXT_MESSAGE_CONTENT THINKING_TEXT_MESSAGE_END REASONING_MESSAGE_START REASONING_MESSAGE_CONTENT
    REASONING_MESSAGE_END REASONING_MESSAGE_CHUNK`,
  ),
  ...named(
    "beside",
    `TOOL_CALL_RESULT STEP_STARTED STEP_FINISHED STATE_SNAPSHOT STATE_DELTA MESSAGES_SNAPSHOT ACTIVITY_SNAPSHOT
    ACTIVITY_DELTA THINKING_START THINKING_END REASONING_START REASONING_END REASONING_ENCRYPTED_VALUE RUN_SUSPENDED
    RUN_RESUMED SUBAGENT_STARTED SUBAGENT_FINISHED SUBAGENT_ERROR RAW CUSTOM`,
  ),
]);

/** Events allowed between two chunks of one part. Any other event that is not a chunk ends the part. */
export const KEEPS_CHUNKS: ReadonlySet<string> = new Set([
  "RAW",
  "ACTIVITY_SNAPSHOT",
  "ACTIVITY_DELTA",
  "REASONING_ENCRYPTED_VALUE",
  "SUBAGENT_STARTED",
]);

function named<const About extends string>(about: About, names: string): [string, About][] {
  return names.split(/\s+/).map((name) => [name, about]);
}

/** `RunStarted` to `RUN_STARTED`. */
const SPELLINGS = new Map([...EVENTS.keys()].flatMap((name) => [name, inPascalCase(name)].map((type) => [type, name])));

/** The other spelling of a name in capitals. */
export function inPascalCase(name: string): string {
  return name
    .split("_")
    .map((word) => word.slice(0, 1) + word.slice(1).toLowerCase())
    .join("");
}

/** The name of an event in capitals; null for a type that is not of this protocol. */
export function nameOf(type: unknown): string | null {
  return typeof type === "string" ? (SPELLINGS.get(type) ?? null) : null;
}
