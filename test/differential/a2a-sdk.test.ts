// The official client of A2A reads the same tasks from a replay, in each form of the protocol, and must come to the same.
import { type Part, Role, type StreamResponse, TaskState } from "@a2a-js/sdk";
import { JsonRpcTransportFactory, RestTransportFactory } from "@a2a-js/sdk/client";
import { LegacyJsonRpcTransport } from "@a2a-js/sdk/compat/v0_3/client";
import { expect, test } from "vitest";
import { named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

/** What is read of the last task of a stream. */
interface Outcome {
  /** Of its artifacts; if it has none, of the message beside its last state, or of the message that answers. */
  readonly text: string;
  readonly state: string | null;
  readonly error: string | null;
}

type Client = (origin: string) => Promise<{ sendMessageStream: LegacyJsonRpcTransport["sendMessageStream"] }>;

const legacy: Client = async (endpoint) => new LegacyJsonRpcTransport({ endpoint });
/** Fixtures of other versions than 0.3. */
const CLIENTS: Readonly<Record<string, Client>> = {
  "a2a/version-1.sse": (origin) => new JsonRpcTransportFactory().create(origin, CARD),
  "a2a/http-json.sse": (origin) => new RestTransportFactory().create(origin, CARD),
};
const CARD = {
  name: "any",
  description: "any",
  supportedInterfaces: [],
  provider: undefined,
  version: "1",
  capabilities: undefined,
  securitySchemes: {},
  securityRequirements: [],
  defaultInputModes: [],
  defaultOutputModes: [],
  skills: [],
  signatures: [],
};
const REQUEST = {
  tenant: "",
  message: {
    messageId: "any",
    contextId: "",
    taskId: "",
    role: Role.ROLE_USER,
    parts: [],
    metadata: undefined,
    extensions: [],
    referenceTaskIds: [],
  },
  configuration: undefined,
  metadata: undefined,
};
/** The results of version 0.1 do not say what they are: the client, which reads 0.3 and later, makes nothing of them. */
const OLD = new Set(["a2a/old-shape.sse"]);

const streams = fixtures.filter(({ name }) => /^(?:broken\/a2a-|a2a\/)/.test(name) && !OLD.has(name));

test.each(named(streams))("The official client of A2A and this program agree: %s", async (name, { bytes }) => {
  const { origin } = await serveReplay(bytes);
  const { stdout } = await run([origin, "-d", "{}", "--json"]);
  const { text = "", status = null, error = null } = parseReport(stdout).responses.at(-1) ?? {};
  const ours: Outcome = { text, state: status, error: error?.message ?? null };
  expect(await readWithClient(await (CLIENTS[name] ?? legacy)(origin))).toEqual(ours);
});

async function readWithClient(client: Awaited<ReturnType<Client>>): Promise<Outcome> {
  const artifacts = new Map<string, string>();
  let state: string | null = null;
  let error: string | null = null;
  let answer = "";
  /** What was said while the task ran: the answer, if no other comes. */
  let said = "";

  function readStatus(status: { state: TaskState; message: { parts: Part[] } | undefined } | undefined): void {
    if (status === undefined) return;
    state = wordOf(status.state);
    const message = textOf(status.message?.parts);
    if (state === "working") said += message;
    answer = ["submitted", "working", "failed"].includes(state) ? "" : message;
    if (state === "completed") answer ||= said;
    if (state === "failed") error = message;
  }

  function read({ payload }: StreamResponse): void {
    if (payload?.$case === "message") answer = textOf(payload.value.parts);
    if (payload?.$case === "statusUpdate") readStatus(payload.value.status);
    if (payload?.$case === "task") {
      readStatus(payload.value.status);
      for (const { artifactId, parts } of payload.value.artifacts) artifacts.set(artifactId, textOf(parts));
    }
    if (payload?.$case === "artifactUpdate" && payload.value.artifact !== undefined) {
      const { artifactId, parts } = payload.value.artifact;
      const before = payload.value.append ? (artifacts.get(artifactId) ?? "") : "";
      artifacts.set(artifactId, before + textOf(parts));
    }
  }

  try {
    for await (const event of client.sendMessageStream(REQUEST)) read(event);
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    error = /^SSE event contained an error: (.*) \(Code: /.exec(words)?.[1] ?? words;
  }
  return { text: artifacts.size === 0 ? answer : [...artifacts.values()].join(""), state, error };
}

function textOf(parts: readonly Part[] = []): string {
  return parts.map(({ content }) => (content?.$case === "text" ? content.value : "")).join("");
}

/** `TASK_STATE_INPUT_REQUIRED` is `input-required` in the report, as in version 0.3. */
function wordOf(state: TaskState): string {
  // Version 0.3's `unknown`.
  if (state === TaskState.TASK_STATE_UNSPECIFIED || state === TaskState.UNRECOGNIZED) return "unknown";
  return TaskState[state].replace("TASK_STATE_", "").toLowerCase().replaceAll("_", "-");
}
