// Folders of `tap --record`: checked, shown, and replayed.
import { join } from "node:path";
import { EXCHANGES_FILE, hashOfBody, REQUEST_SCHEMA } from "../../../src/capture/session-files.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { changes } from "../changes.ts";
import { inFolder, joinFiles, splitFiles, writeFiles } from "../folder.ts";
import { describe, perform } from "../perform.ts";
import { served } from "../served.ts";
import { jsonChanges } from "../structure.ts";
import type { Target } from "../target.ts";
import type { Output } from "../trial.ts";
import { readReports, reportersTo } from "../valid.ts";

const hey = fixtureNamed("openai-responses/hey.sse").bytes;
const message = fixtureNamed("anthropic/text.sse").bytes;

const BODY = { model: "gpt-5", stream: true };

function request(capture: string, path: string, body: object | null): string {
  const kept = {
    schema: REQUEST_SCHEMA,
    capture,
    request: {
      method: "POST",
      url: `https://api.example${path}`,
      headers: { accept: "*/*" },
      exchange: 1,
      stream: true,
    },
    bodyHash: body === null ? null : hashOfBody(Buffer.from(JSON.stringify(body))),
    body: body === null ? null : { json: body },
  };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

const SESSION = joinFiles({
  "0001-post-v1-responses.request.json": request("0001-post-v1-responses.sse", "/v1/responses", BODY),
  "0002-post-v1-messages.request.json": request("0002-post-v1-messages.sse", "/v1/messages?beta=true", null),
  [EXCHANGES_FILE]: `${JSON.stringify({ schema: "ssescope/report@1", source: "0001-post-v1-responses.sse" })}\n`,
  "0001-post-v1-responses.sse": hey.subarray(0, 2200),
  "0002-post-v1-messages.sse": message,
});

function onFolder(argv: readonly string[]): Output["of"] {
  return (input) =>
    inFolder(async (folder) => {
      const session = join(folder, "session");
      writeFiles(session, splitFiles(input));
      const done = await perform([...argv, session], { inputBytes: input.length, terminalColumns: 90 });
      return describe(done);
    });
}

export const sessions: Target = {
  name: "sessions",
  models: [{ name: "two exchanges", path: "", bytes: SESSION }],
  changes: [...jsonChanges, ...jsonChanges, ...changes],
  trials: [
    { name: "check", outputs: [{ way: "the folder", of: onFolder(["check", "--no-config", "--group"]) }] },
    { name: "exchanges", outputs: [{ way: "the folder", of: onFolder(["check", "--reporter", "exchanges"]) }] },
    { name: "facts", outputs: [{ way: "the folder", of: onFolder(["--format", "facts"]) }] },
    {
      name: "reporters",
      outputs: [
        {
          way: "the folder",
          of: (input) =>
            inFolder(async (folder) => {
              writeFiles(join(folder, "in"), splitFiles(input));
              const argv = ["check", "--no-config", ...reportersTo(folder), join(folder, "in")];
              const { exitCode } = await perform(argv, { inputBytes: input.length * 10 });
              // A folder without captures is refused before anything is written.
              return exitCode === 2 ? "" : readReports(folder);
            }),
        },
      ],
    },
    {
      name: "replay",
      outputs: [
        {
          way: "served",
          of: (input) =>
            inFolder(async (folder) => {
              writeFiles(join(folder, "session"), splitFiles(input));
              const paths = ["/v1/responses", "/v1/messages?beta=true", "//evil.example/v1/responses", "/%00"];
              await served(["replay", join(folder, "session"), "--speed", "max"], paths);
              return "";
            }),
        },
      ],
    },
  ],
  trialsEach: 2,
};
