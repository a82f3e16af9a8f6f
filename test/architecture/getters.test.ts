// What is made for each stream has no getters in object literals, and no generators within functions: V8 makes something of
// each that lives until the next full collection, and keeps the stream alive with it ("Many sources" in src/README.md).
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const SRC = new URL("../../src/", import.meta.url);

/** The folders whose files have something for each stream. */
const FOLDERS = ["decoding", "dialects", "framing", "pipeline", "report", "rules", "timing"];

/** A getter or a generator that is further in than a class or a module has its own. */
const WITHIN_A_FUNCTION = /^ {4,}(?:get \w+\(\) \{|(?:async )?\*\w+\()|^ {2,}(?:async )?function\* /m;

/** Few streams have these. */
const EXCEPTIONS = [
  // Streams in archives, in printed forms, and compressed ones.
  "framing/archive/",
  "framing/printed/document-lines.ts",
  "decoding/",
  "dialects/langgraph/run.ts",
  // Texts may be long, and few readers ask for them.
  "report/report-response.ts",
];

test("What is made for each stream ends with it.", () => {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && FOLDERS.some((folder) => file.startsWith(`${folder}/`)));
  const found = files.filter((file) => WITHIN_A_FUNCTION.test(readFileSync(new URL(file, SRC), "utf8")));
  expect(found.filter((file) => !EXCEPTIONS.some((exception) => file.startsWith(exception)))).toEqual([]);
  expect(EXCEPTIONS.filter((exception) => !found.some((file) => file.startsWith(exception)))).toEqual([]);
});
