// The choices of chat completions: their numbers, their ends, and repeated content.
// https://platform.openai.com/docs/api-reference/chat-streaming
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import type { Place } from "../../../model/finding.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";
import { createChoiceIndexes } from "../choice-indexes.ts";
import { readChoice } from "../choice-progress.ts";

/** Limits the choices of a response that are watched; a hostile stream could start one with every chunk. */
const MOST_WATCHED = 1000;
/** Indexes that a message lists. */
const MOST_LISTED = 5;

interface Choice {
  readonly place: Place;
  hasCall: boolean;
  hasDelta: boolean;
  /** The last finish reason, if there was one. */
  reason: string | null;
  /** The rules already reported: each is reported once. */
  readonly found: Set<string>;
}

export const choiceRules = family({
  name: "choices",
  rules: [
    {
      id: "choice-index-order",
      // huggingface/text-generation-inference#1648
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "The indexes of the choices are not 0, 1, 2 and so on, or count something else, such as tokens.",
      why: "Clients that ask for one response read the choice with index 0, and show an empty or cut text.",
      remedy: "Number the choices from 0, and keep the index of a choice in all its chunks.",
    },
    {
      id: "stop-with-tool-calls",
      // googleapis/python-genai#2868
      severity: "info",
      meaning: "A choice finishes with `stop`, although it calls a tool.",
      why: "Agents that follow the finish reason treat the turn as finished and do not run the tool.",
      remedy:
        "Send `tool_calls` as the finish reason; clients should run the calls they received, whatever the reason.",
    },
    {
      id: "message-repeated",
      // ENTERPILOT/GoModel#1068
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A chunk has the whole message of a choice again, after its deltas.",
      why: "Clients that read both show the text twice.",
      remedy: "Send either deltas or the whole message; end the stream with an empty delta and the finish reason.",
    },
    {
      id: "finish-reason-empty",
      // block/goose#10258, ollama/ollama#4357, qualcomm/GenieX#1246
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "Chunks have an empty string as `finish_reason` before the choice has finished.",
      why: "Clients that treat every reason except null as the end stop there and lose the rest of the text or tool call.",
      remedy: "Send null until the choice finishes, and then the reason once.",
    },
    {
      id: "finish-reason-repeated",
      // sgl-project/sglang#8417
      severity: "info",
      meaning: "A choice has a `finish_reason` in more than one chunk.",
      why: "Clients that stop at the first one miss the rest, such as later tool calls.",
      remedy: "Send the `finish_reason` once, in the last chunk of the choice.",
    },
  ],
  watch(find) {
    let choices = new Map<number, Choice>();
    let indexes = createChoiceIndexes();

    function choiceAt(index: number, place: Place): Choice | null {
      const known = choices.get(index);
      if (known !== undefined) return known;
      if (choices.size >= MOST_WATCHED) return null;
      const choice = { place, hasCall: false, hasDelta: false, reason: null, found: new Set<string>() };
      choices.set(index, choice);
      return choice;
    }

    function findOnce(choice: Choice, ...finding: Parameters<typeof find>): void {
      const [rule] = finding;
      if (choice.found.has(rule)) return;
      choice.found.add(rule);
      find(...finding);
    }

    function readOne(value: JsonObject, { event }: Reading): void {
      const index = asIndex(value.index) ?? 0;
      const reason = asString(value.finish_reason) || null;
      indexes.add(index, reason !== null);
      const choice = choiceAt(index, event);
      if (choice === null) return;
      const delta = asObject(value.delta);
      choice.hasCall ||= Array.isArray(delta?.tool_calls) && delta.tool_calls.length > 0;
      if (reason === "stop" && choice.hasCall) {
        const difference = { expected: "tool_calls", seen: reason };
        findOnce(
          choice,
          "stop-with-tool-calls",
          event,
          "the finish_reason is stop although a tool is called",
          difference,
        );
      }
      if (value.finish_reason === "" && choice.reason === null) {
        const message = "the finish_reason is an empty string";
        findOnce(choice, "finish-reason-empty", event, message, { expected: null, seen: "" });
      }
      if (reason !== null && choice.reason !== null) {
        const message = `choice ${index} has the finish_reason ${reason} after ${choice.reason}`;
        findOnce(choice, "finish-reason-repeated", event, message, { expected: null, seen: reason });
      }
      choice.reason = reason ?? choice.reason;
      const isEmpty = delta === null || Object.keys(delta).length === 0;
      const isRepeat = isEmpty && (asString(asObject(value.message)?.content) ?? "") !== "";
      if (isRepeat && choice.hasDelta) {
        const difference = { expected: "delta", seen: "message" };
        findOnce(choice, "message-repeated", event, "the whole message comes again after its deltas", difference);
      }
      choice.hasDelta ||= delta !== null && readChoice(value).hasContent;
    }

    /** Choices may begin in any order, so missing ones are known only at the end. */
    function endResponse(): void {
      const listed = [...choices.keys()].sort((one, other) => one - other);
      const unexpected = listed.find((index, place) => index !== place);
      const place = choices.get(unexpected ?? listed[1] ?? 0)?.place;
      if (place !== undefined && (unexpected !== undefined || indexes.countsUp())) {
        const words = listed.slice(0, MOST_LISTED).join(", ") + (listed.length > MOST_LISTED ? " …" : "");
        const message =
          unexpected === undefined || indexes.countsUp()
            ? `the choice index grows from chunk to chunk (${words}): it counts something other than choices`
            : `the choices have the indexes ${words}, but they must count from 0`;
        find("choice-index-order", place, message, {
          expected: listed.indexOf(unexpected ?? 1),
          seen: unexpected ?? 1,
        });
      }
      choices = new Map();
      indexes = createChoiceIndexes();
    }

    return {
      read(reading) {
        const { payload, facts } = reading;
        if (facts.some(({ type }) => type === "response-start")) endResponse();
        if (payload.type !== "object") return;
        for (const choice of asObjects(payload.value.choices)) readOne(choice, reading);
      },
      end: endResponse,
    };
  },
});
