// The shape of `error` events: OpenAI publishes one and sends another.
import { asObject, asString, type JsonObject } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";

/** Short descriptions of the published shapes. */
const SHAPES = {
  flat: '{"type":"error","code":…,"message":…}',
  nested: '{"type":"error","error":{"code":…,"message":…}}',
} as const;

export const errorShapeRules = family({
  name: "error-shapes",
  rules: [
    {
      id: "error-shape",
      // OpenAI publishes the flat shape and sends the nested one (openai/openai-dotnet#881, Effect-TS/effect#7262); Open
      // Responses publishes the nested one: `ErrorStreamingEvent` in schema/events.tsp of openresponses/openresponses.
      severity: { openai: "info", "open-responses": "warning", lenient: "info" },
      meaning: "An `error` event does not have the published shape.",
      why: "A client that knows only one shape finds no code and no message in the other, and shows an empty error.",
      remedy: "In clients, read code and message both beside `type` and from an `error` object; in servers, send both.",
    },
  ],
  watch(find, { profile }) {
    const published = profile === "open-responses" ? "nested" : "flat";
    return {
      facts: {
        "error-reported"(_, { event, payload }) {
          if (payload.type !== "object") return;
          // A failed response holds its error in the snapshot: another event, another shape.
          if (asObject(payload.value.response) !== null || isShaped(payload.value)[published]) return;
          const seen = describeShape(payload.value);
          find("error-shape", event, `the error is sent as ${seen}`, { expected: SHAPES[published], seen });
        },
      },
    };
  },
});

/** The shapes that an error has; it can have both. */
function isShaped(value: JsonObject): { readonly flat: boolean; readonly nested: boolean } {
  const isError = value.type === "error";
  return {
    flat: isError && asString(value.message) !== null,
    nested: isError && asString(asObject(value.error)?.message) !== null,
  };
}

function describeShape(value: JsonObject): string {
  const { flat, nested } = isShaped(value);
  if (nested) return SHAPES.nested;
  if (flat) return SHAPES.flat;
  return `{${Object.keys(value).slice(0, MOST_KEYS).join(", ")}}`;
}

/** Maximum number of keys listed for any other shape, to fit on a line. */
const MOST_KEYS = 8;
