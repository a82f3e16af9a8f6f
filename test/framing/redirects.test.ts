// A redirect in a capture may have a key in its address: the report contains the address without the key.
import { describe, expect, test } from "vitest";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";

const KEY = "sk-1234567890";

const LOCATIONS: readonly (readonly [location: string, shown: string])[] = [
  [`/there?key=${KEY}`, "/there"],
  [`there?key=${KEY}`, "there"],
  [`/there#access_token=${KEY}`, "/there"],
  [`https://user:${KEY}@example.com/there?key=${KEY}`, "https://example.com/there"],
  [`//user:${KEY}@example.com/there`, "//example.com/there"],
  [`https://user:${KEY}@exa mple/there`, "https://…"],
];

const CAPTURES: readonly (readonly [framing: string, capture: (location: string) => string])[] = [
  ["curl", (location) => `HTTP/1.1 302 Found\r\nContent-Type: text/event-stream\r\nLocation: ${location}\r\n\r\n`],
  ["log", (location) => `> POST /v1/here HTTP/1.1\n>\n< HTTP/1.1 302 Found\n< location: ${location}\n<\n`],
  [
    "har",
    (location) => {
      const headers = [
        { name: "Content-Type", value: "text/event-stream" },
        { name: "Location", value: location },
      ];
      const response = { status: 302, statusText: "Found", headers, content: { text: "data: {}\n\n" } };
      const request = { method: "POST", url: `https://example.com/v1/here?key=${KEY}` };
      return JSON.stringify({ log: { version: "1.2", creator: {}, entries: [{ request, response }] } });
    },
  ],
  [
    "cassette",
    (location) => `interactions:
- request: {method: POST, uri: 'https://example.com/v1/here?key=${KEY}'}
  response:
    status: {code: 302, message: Found}
    headers: {Content-Type: [text/event-stream], Location: ['${location}']}
    body: {string: "data: {}\\n\\n"}
version: 1
`,
  ],
];

describe.each(CAPTURES)("In a capture of %s, a redirect is reported without its keys:", (framing, capture) => {
  test.each(LOCATIONS)("%s", async (location, shown) => {
    const { exitCode, stdout, stderr } = await run(["--json", "--framing", framing], { stdin: [capture(location)] });
    expect(parseReport(stdout)).toMatchObject({ framing, http: { status: 302, location: shown } });
    expect(exitCode).toBe(7);
    expect(stdout + stderr).not.toContain(KEY);
  });

  test("also by a check.", async () => {
    const argv = ["check", "--no-config", "--framing", framing, "--reporter", "json"];
    const { stdout } = await run(argv, { stdin: [capture(`//user:${KEY}@example.com/there?key=${KEY}`)] });
    expect(stdout).toContain("a redirect to //example.com/there, which is not followed");
    expect(stdout).not.toContain(KEY);
  });
});
