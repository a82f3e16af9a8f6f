// The numbers of the sentences: each event has the next one, from 0.
// https://cloud.baidu.com/doc/WENXINWORKSHOP/s/jlil56u11 (sentence_id)
import { asIndex } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";

export const sentenceRules = family({
  name: "sentences",
  rules: [
    {
      id: "sentence-gap",
      severity: "error",
      meaning: "The `sentence_id` skips a number, so a part of the text is missing.",
      why: "The text that clients show lacks what was said in between, and nothing else in the stream says so.",
      remedy: "Look for what drops events between the provider and the reader, such as a proxy or a log.",
    },
  ],
  watch(find) {
    /** The highest number of the response in hand; null where it has none yet. */
    let last: number | null = null;

    return {
      read({ event, payload, facts }) {
        if (facts.some(({ type }) => type === "response-start")) last = null;
        const id = payload.type === "object" ? asIndex(payload.value.sentence_id) : null;
        if (id === null) return;
        if (last !== null && id > last + 1) {
          const message = `sentence_id jumps from ${last} to ${id}: ${id - last - 1} missing`;
          find("sentence-gap", event, message, { expected: last + 1, seen: id });
        }
        last = Math.max(last ?? 0, id);
      },
    };
  },
});
