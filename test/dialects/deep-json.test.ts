// JSON nested deeper than any recursion, in place of every value in a dialect's fixtures: it is read
// like any other value, and affects nothing else.
import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.ts";
import { redact } from "../capture/redact/support/redact.ts";
import { tried } from "../support/exhaustive.ts";
import { type Fixture, fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";

const DEPTH = 20_000;
const DEEP = [`${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}`, `${'{"a":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}`];
const DATA = /(?<=^(?:data: ?)?)\{.*\}$/gm;
/** Events wrapped in bytes, which redaction refuses. */
const WRAPPED = /^(?:aws-eventstream\/decoded-|bedrock-agent\/t)/;
/** A placeholder for the deep JSON until the payload is written. */
const HERE = "deep-json-goes-here";
/** `npm test` tries only some of the places. */
const STRIDE = tried(40, 10);

interface Place {
  readonly fixture: Fixture;
  readonly path: string;
  /** The fixture with a mark at that place. */
  readonly marked: string;
}

/** Each place of a dialect's payloads once, in the first event that has it. */
function placesOf(dialect: string): Place[] {
  const places = new Map<string, Place>();
  const own = fixtures.filter(({ name }) => name.startsWith(`${dialect}/`) && /\.(?:sse|ndjson)$/.test(name));
  for (const fixture of own) {
    const text = Buffer.from(fixture.bytes).toString();
    for (const { 0: data, index } of text.matchAll(DATA)) {
      for (const { path, payload } of markedPayloads(data)) {
        if (places.has(path)) continue;
        const marked = text.slice(0, index) + payload + text.slice(index + data.length);
        places.set(path, { fixture, path, marked });
      }
    }
  }
  return [...places.values()];
}

/** A payload with the mark in place of each of its values in turn. */
function* markedPayloads(data: string): Generator<{ path: string; payload: string }> {
  let root: unknown;
  try {
    root = JSON.parse(data);
  } catch {
    return;
  }
  const type = typeof root === "object" && root !== null && "type" in root ? String(root.type) : "";
  const waiting: { value: unknown; path: string }[] = [{ value: root, path: type }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const innerPath = `${path}/${Array.isArray(value) ? "" : key}`;
      Reflect.set(value, key, HERE);
      yield { path: innerPath, payload: JSON.stringify(root) };
      Reflect.set(value, key, inner);
      waiting.push({ value: inner, path: innerPath });
    }
  }
}

describe.each(dialects.map(({ name }) => name).filter((name) => placesOf(name).length > 0))("%s", (dialect) => {
  test("reads, reports, redacts and compares JSON of any depth in any place", async () => {
    const places = placesOf(dialect).filter((_, number) => number % STRIDE === 0);
    expect(places.length).toBeGreaterThan(0);
    for (const [number, { fixture, marked }] of places.entries()) {
      const stdin = [marked.replace(`"${HERE}"`, DEEP[number % DEEP.length] ?? "")];
      // A bug throws, which would be exit code 70.
      const { stdout } = await run(["--format", "facts", "-"], { stdin });
      expect(stdout.slice(0, 200)).toMatch(/^\{"/);
      await run(["diff", "-", fixture.path], { stdin });
      const isWrapped = WRAPPED.test(fixture.name);
      expect(isWrapped || redact(stdin).length === Buffer.byteLength(stdin.join(""))).toBe(true);
    }
  });
});
