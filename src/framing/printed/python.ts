// Events as Python prints them, one value per line: `print(chunk)`, `logger.debug("chunk: %s", event)`.
import { asString } from "../../model/payload.ts";
import { fieldLines } from "./event-records.ts";
import { type PrintedForm, objectIn, placesIn, shapeOf } from "./form.ts";
import { beginsLikePython, pythonToJson } from "./python-value.ts";

/** Where a value may begin: at the beginning, or after words and a space, a colon or a bracket. */
const PLACES = /(?:^|[\s:=(>\]])(?=\{'|[A-Z]\w*\([a-z_]\w*=)|^(?=[a-z_]\w*=)/g;
const VALUE = /^(?:\{|[A-Z])/;
const SERVER_SENT_EVENT = /^(?:\w+\.)*ServerSentEvent\(/;

export const pythonValues: PrintedForm = {
  of: "content",
  instead:
    "Python values as print shows them (repr), in no known dialect: print JSON instead, for example with json.dumps(event) or chunk.model_dump_json()",
  read(text, shape) {
    for (const at of placesOf(text)) {
      const words = shapeOf(text.slice(0, at));
      if (shape !== null && shape !== words) continue;
      const value = text.slice(at).trimEnd();
      if (!beginsLikePython(value)) continue;
      const json = pythonToJson(value);
      if (json === null) continue;
      const body = SERVER_SENT_EVENT.test(value) ? asEvent(json) : `${json}\n`;
      return { shape: words, body, evidence: words === "" ? "likely" : "weak" };
    }
    return null;
  },
};

/**
 * Where a value may begin. Bare fields come last: `event=Event(…)`, as `print(f"{event=}")` prints, is a value after a
 * word. https://github.com/vllm-project/vllm/pull/23927
 */
function placesOf(text: string): number[] {
  const places = placesIn(text, PLACES);
  return places[0] === 0 && !VALUE.test(text) ? [...places.slice(1), 0] : places;
}

/** Converts a client's `ServerSentEvent(event='message', data='{…}', id='', retry=None)` back to lines of a stream. */
function asEvent(json: string): string {
  const { event, data, id } = objectIn(json) ?? {};
  const fields = [
    ...fieldLines("id", asString(id) ?? ""),
    ...fieldLines("event", asString(event) ?? ""),
    ...(asString(data) ?? "").split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`),
  ];
  return `${fields.join("")}\n`;
}
