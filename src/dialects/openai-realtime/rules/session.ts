// Errors of the session that a response came through.
// https://platform.openai.com/docs/api-reference/realtime-server-events/error
import type { WireEvent } from "../../../model/wire.ts";
import { asObject, asString } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";

export const sessionRules = family({
  name: "session",
  rules: [
    {
      id: "recovered-error",
      severity: "warning",
      meaning: "The session reported an error, but a later response completed.",
      why: "The client's event had no effect, for example a rejected setting, although the session continued.",
      remedy: "Read the error's code and message, and correct the client event that it names.",
    },
  ],
  watch(find) {
    let last: { readonly event: WireEvent; readonly words: string } | null = null;

    return {
      read({ event, payload, facts }) {
        if (payload.type === "object" && payload.value.type === "error") {
          const error = asObject(payload.value.error) ?? {};
          const word = asString(error.code) ?? asString(error.type) ?? "error";
          last = { event, words: `${word}: ${asString(error.message) ?? "no message"}` };
        }
        if (last === null || !facts.some((fact) => fact.type === "response-end" && fact.outcome !== "failed")) return;
        find("recovered-error", last.event, `a response completed after the error ${last.words}`);
        last = null;
      },
    };
  },
});
