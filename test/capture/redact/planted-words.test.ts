// A secret planted in place of any string of a fixture is not in the redacted copy, whatever its key.
import { describe, expect, test } from "vitest";
import type { Dialect } from "../../../src/dialects/dialect.ts";
import { allDialects } from "../../../src/dialects/all-dialects.ts";
import { type Fixture, fixtures } from "../../support/fixtures.ts";
import { redact } from "./support/redact.ts";

/** Plain streams whose data is JSON; other framings, and events wrapped in `bytes`, are refused. */
const REDACTED = /\.(?:sse|ndjson|txt)$/;
const WRAPPED = /^bedrock-agent\/t/;

const SECRET = "Jane Doe, jane@example.org, https://example.org/jane?id=4711";
/** A name that looks like a word of a protocol. */
const WORD = "Jane-Doe-4711";
/**
 * Keys under which a word stays in any place: types, states, reasons, names of models and tools. Independent of src.
 */
const USUAL =
  /(?:^|_)(?:type|event|object|kind|role|status|reason|model|name|code|modality|tier|tool)$|(?:Type|Reason|Name|Tier|Version|Mode|Status)$|^(?:subtype|agent|created_at|outcome|language|category|method|level|server|__type)$/;

/** The places of strings in a fixture, each as its path of keys; all elements of a list have the same place. */
function placesIn({ bytes }: Fixture): string[] {
  return [...new Set(linesOf(bytes).flatMap(({ payload }) => (payload === undefined ? [] : stringsIn(payload, ""))))];
}

function stringsIn(value: unknown, place: string): string[] {
  if (typeof value === "string") return [place];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((element) => stringsIn(element, `${place}[]`));
  return Object.entries(value).flatMap(([key, inner]) => stringsIn(inner, `${place}.${key}`));
}

function planted(value: unknown, place: string, target: string, word: string): unknown {
  if (typeof value === "string") return place === target ? word : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => planted(element, `${place}[]`, target, word));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, planted(inner, `${place}.${key}`, target, word)]),
  );
}

/** The lines of a stream, data lines with their payload. */
function linesOf(bytes: Uint8Array): { readonly line: string; readonly before: string; readonly payload?: unknown }[] {
  return Buffer.from(bytes)
    .toString()
    .split("\n")
    .map((line) => {
      const before = /^(?:data: ?|[0-9a-k]:)?(?=[{["])/.exec(line)?.[0];
      if (before === undefined) return { line, before: "" };
      try {
        return { line, before, payload: JSON.parse(line.slice(before.length)) as unknown };
      } catch {
        return { line, before };
      }
    });
}

function copyWith({ bytes }: Fixture, place: string, word: string): string {
  const lines = linesOf(bytes).map(({ line, before, payload }) =>
    payload === undefined ? line : before + JSON.stringify(planted(payload, "", place, word)),
  );
  return redact([lines.join("\n")]).toString();
}

const known: readonly Dialect[] = allDialects().filter(({ isKnown }) => isKnown);

describe.each(known)("In a copy of a stream of $name", ({ name: dialect, redaction }) => {
  const listed = new Set([...redaction.words, ...redaction.names]);
  const streams = fixtures.filter(
    ({ name }) => name.startsWith(`${dialect}/`) && REDACTED.test(name) && !WRAPPED.test(name),
  );
  const places = new Map(streams.flatMap((fixture) => placesIn(fixture).map((place) => [place, fixture] as const)));

  test("no text, address or name is left in the place of any string", () => {
    const left = [...places].filter(([place, fixture]) => /jane|example/i.test(copyWith(fixture, place, SECRET)));
    expect(left.map(([place]) => place)).toEqual([]);
  });

  test("a name that looks like a word is left only under a usual key, or under a place that the dialect lists", () => {
    const left = [...places].filter(([place, fixture]) => copyWith(fixture, place, WORD).includes(WORD));
    const keys = left.map(([place]) => place.replaceAll("[]", "").split("."));
    const unlisted = keys.filter((path) => {
      const [parent = "", key = ""] = path.slice(-2);
      return !USUAL.test(key) && !listed.has(parent === "" ? `/${key}` : `${parent}.${key}`);
    });
    expect(unlisted).toEqual([]);
  });
});
