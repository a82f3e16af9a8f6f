// A tap's session records WebSockets as captures that give the same report when read.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hey } from "../support/captured.ts";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { parseReport } from "../support/read-report.ts";
import { answering, connectWebSocket, messagesOf, serveWebSocket } from "../support/web-sockets.ts";

const EVENTS = messagesOf(hey);
const ASK = { type: "response.create", model: "gpt-5" };
const MESSAGE = JSON.stringify(ASK);

test.each([
  ["closes", (client: ReturnType<typeof connectWebSocket>) => client.socket.close(1000)],
  ["drops the connection", (client: ReturnType<typeof connectWebSocket>) => client.socket.terminate()],
])("A WebSocket whose client %s is recorded.", async (_, leave) => {
  const server = await serveWebSocket(answering(EVENTS));
  const folder = join(temporaryDirectory(), "session");
  const { exitCode, stdout, interrupt } = start(["tap", server.origin, "--record", folder]);
  await stdout.holds("127.0.0.1");
  const [origin = ""] = stdout.text().split("\n");
  const key = "sk-very-secret-key";
  const client = connectWebSocket(`${origin.replace("http", "ws")}/v1/responses`, [`openai-insecure-api-key.${key}`]);
  await client.opened;
  for (let turn = 1; turn <= 2; turn += 1) {
    client.socket.send(MESSAGE);
    await client.has(turn * EVENTS.length);
  }
  leave(client);
  await stdout.holds("#1 ");
  interrupt();
  await exitCode;

  const name = "0001-get-v1-responses";
  const files = readdirSync(folder);
  expect(files.toSorted()).toEqual([
    `${name}.ndjson`,
    `${name}.ndjson.timing`,
    `${name}.request.json`,
    "exchanges.ndjson",
  ]);
  expect(readFileSync(join(folder, `${name}.ndjson`), "utf8")).toBe([...EVENTS, ...EVENTS, ""].join("\n"));
  for (const file of files) expect(readFileSync(join(folder, file), "utf8")).not.toContain("very-secret");
  const kept: unknown = JSON.parse(readFileSync(join(folder, `${name}.request.json`), "utf8"));
  expect(kept).toMatchObject({
    request: { method: "GET", model: "gpt-5", stream: true },
    body: { text: `${MESSAGE}\n${MESSAGE}\n` },
  });
  const live = parseReport(readFileSync(join(folder, "exchanges.ndjson"), "utf8"));
  const path = join(folder, `${name}.ndjson`);
  const { stdout: read } = await run([path, "--json"]);
  expect(parseReport(read)).toEqual({ ...live, source: path });
  expect(live).toMatchObject({ verdict: "completed", endedBy: "client", framing: "websocket", events: 18 });
});
