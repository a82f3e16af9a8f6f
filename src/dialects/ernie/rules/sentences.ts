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
      meaning: "The `sentence_id` skips a number, so part of the text is missing.",
      why: "Clients show the text with a gap, and nothing else in the stream reveals it.",
      remedy: "Look for what drops events between provider and client, such as a proxy or a log.",
    },
  ],
  watch(find) {
    /** The highest number of the current response; null if it has none yet. */
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
