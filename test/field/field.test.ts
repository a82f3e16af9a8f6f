// Streams as people complain about them: of each the verdict, the exit codes, the text and the finding that a person who
// reads the bytes would give.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type FieldCase, fieldCases } from "./cases.ts";
import { differences, see } from "./judge.ts";

/** Protocols and framings that are not read yet. What is wrong with these streams must not go unreported all the same. */
const UNREAD: ReadonlySet<string> = new Set<string>();

test("The cases are there to be judged.", ({ skip }) => {
  skip(fieldCases.length === 0, "SSESCOPE_FIELD names no folder of cases");
  expect(fieldCases.length).toBeGreaterThan(100);
});

describe.runIf(fieldCases.length > 0)("A stream as people meet it", () => {
  test.each(fieldCases.filter(isRead))("is judged as its bytes say: $file", async (fieldCase) => {
    expect(differences(fieldCase.expected, await see(fieldCase, null))).toEqual([]);
    expect(differences(fieldCase.expected, await see(fieldCase, readFileSync(fieldCase.path)))).toEqual([]);
  });

  test.each(fieldCases.filter((fieldCase) => !isRead(fieldCase)))(
    "is not green where it should not be, though its protocol is not read: $file",
    async (fieldCase) => {
      const { exit, checkExit } = fieldCase.expected;
      const seen = await see(fieldCase, null);
      const mayPass = [exit, checkExit].flat().includes(0);
      expect(mayPass || seen.checkExit !== 0).toBe(true);
    },
  );
});

function isRead({ kind }: FieldCase): boolean {
  return !UNREAD.has(kind);
}
