// Bodies that a recorder keeps in files of their own are read from where it puts them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { run } from "../../../support/io.ts";
import { parseReport } from "../../../support/read-report.ts";
import { STREAM, TEXT, URL } from "../support/recording.ts";

const folder = mkdtempSync(join(tmpdir(), "body-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const mapping = JSON.stringify({
  request: { urlPath: "/v1/responses", method: "POST" },
  response: { status: 200, headers: STREAM, bodyFileName: "chat/1.txt" },
});
const httpmock =
  "when:\n  path: /\nthen:\n  header:\n  - name: content-type\n    value: text/event-stream\n  body_from_file: bodies/1.txt\n";
const mastra = JSON.stringify([
  {
    hash: "1",
    request: { url: URL, method: "POST" },
    response: { status: 200, headers: STREAM, body: { __binary: true }, binaryArtifact: { path: "1.bin" } },
  },
]);

test.each([
  ["WireMock", "a/mappings/1.json", mapping, "a/__files/chat/1.txt"],
  ["WireMock, in a folder of mappings", "b/mappings/openai/1.json", mapping, "b/__files/chat/1.txt"],
  ["httpmock", "c/1.yaml", httpmock, "c/bodies/1.txt"],
  ["Mastra", "d/1.json", mastra, "d/1.bin"],
])("%s", async (_, name, text, file) => {
  const path = write(name, text);
  expect(parseReport((await run(["--json", path])).stdout).verdict).toBe("not-a-stream");
  write(file, TEXT);
  expect(parseReport((await run(["--json", path])).stdout)).toMatchObject({
    verdict: "completed",
    responses: [{ text: "hey" }],
  });
});

test("A name that leads out of the folders is not followed.", async () => {
  write("secret.txt", TEXT);
  const path = write("e/mappings/1.json", mapping.replace("chat/1.txt", "../../secret.txt"));
  expect(parseReport((await run(["--json", path])).stdout).verdict).toBe("not-a-stream");
});
