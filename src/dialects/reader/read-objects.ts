import type { Fact } from "../../model/facts.ts";
import type { JsonObject, Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import type { FactWriter } from "./fact-writer.ts";

/**
 * The `read` of a dialect of JSON objects: passes each object to `tell`, and reports all other data as unreadable, or
 * as the `[DONE]` that ends many streams.
 */
export function readObjects(writer: FactWriter, tell: (value: JsonObject, event: WireEvent) => void) {
  return (event: WireEvent, payload: Payload): readonly Fact[] => {
    switch (payload.type) {
      case "object":
        tell(payload.value, event);
        break;
      case "done-sentinel":
        writer.tell({ type: "done-sentinel" });
        break;
      case "json":
        writer.tell({ type: "unreadable", reason: "JSON, but not an object" });
        break;
      case "broken-json":
        writer.tell({ type: "unreadable", reason: payload.reason });
        break;
      case "text":
        writer.tell({ type: "unreadable", reason: "not JSON" });
    }
    return writer.take();
  };
}
