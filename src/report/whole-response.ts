// Describes a whole response in one JSON document, which arrives if a request did not ask for the intended stream.
import { allDialects } from "../dialects/all-dialects.ts";
import type { WholeResponse } from "../model/dialect-traits.ts";
import { asIndex, asObject, asString, type JsonObject } from "../model/payload.ts";

/** The kind of whole response that a document is; undefined if it is not one. */
function kindOf(value: JsonObject): WholeResponse | undefined {
  const kinds = allDialects().map(({ wholeResponse }) => wholeResponse);
  return kinds.filter((kind) => kind !== null).find((kind) => kind.matches(value));
}

/** Whether a document is a whole response of a known provider. */
export function isWholeResponse(value: JsonObject): boolean {
  return kindOf(value) !== undefined;
}

/** Describes a whole response with its status and usage; null if it is not one. `wasAsked`: a stream was requested. */
export function describeWholeResponse(value: JsonObject, wasAsked: boolean): string | null {
  const kind = kindOf(value);
  if (kind === undefined) return null;
  const status = asString(kind.statusOf(value));
  const parts = [kind.api, status === null ? null : `status ${status}`, describeUsage(kind, value)];
  const details = parts.filter((part) => part !== null).join(", ");
  return `a whole response (${details}), not a stream${advice(kind, wasAsked)}`;
}

/**
 * The same for the beginning of a document that is too large to keep: status and usage may be anywhere in it, but its
 * kind is among its first keys.
 */
export function describeLargeResponse(beginning: string, wasAsked: boolean): string | null {
  const first = beginning.slice(0, FIRST_KEYS);
  const value = Object.fromEntries(
    [...first.matchAll(/"(?<key>object|type|role)"\s*:\s*"(?<value>[^"\\]*)"/g)]
      .map(({ groups }) => [groups?.key ?? "", groups?.value ?? ""] as const)
      // The first key of a name is the document's own.
      .toReversed(),
  );
  const kind = kindOf(value);
  return kind === undefined ? null : `a large whole response (${kind.api}), not a stream${advice(kind, wasAsked)}`;
}

function advice({ request }: WholeResponse, wasAsked: boolean): string {
  return wasAsked ? ", although the request asks for one" : `: was ${request} missing in the request?`;
}

const FIRST_KEYS = 200;

function describeUsage({ usage, counts }: WholeResponse, value: JsonObject): string | null {
  const object = asObject(value[usage]);
  const [input = null, output = null, total = null] = counts.map((name) => asIndex(object?.[name]));
  if (input === null || output === null) return total === null ? null : `${total} tokens`;
  // If a provider counts more than these two, its total includes it.
  if (total === null || total === input + output) return `${input} + ${output} = ${input + output} tokens`;
  return `${input} + ${output} tokens, ${total} in total`;
}
