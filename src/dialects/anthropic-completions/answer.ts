// Builds a completion as sent without `stream: true`: https://docs.anthropic.com/en/api/complete
import { asString } from "../../model/payload.ts";
import type { Answer, Draft } from "../answer.ts";
import { append } from "../reader/draft.ts";

export function createAnswer(): Answer {
  const completion: Draft = { type: "completion", completion: "" };
  let isWhole = false;
  return {
    add({ completion: text, ...fields }) {
      if (asString(text) === null) return;
      Object.assign(completion, fields);
      append(completion, "completion", text);
      isWhole = asString(fields.stop_reason) !== null;
    },
    document: () => (isWhole ? completion : null),
  };
}
