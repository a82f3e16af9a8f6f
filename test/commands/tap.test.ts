// `ssescope tap`: a program behind a tap, the output about its requests, and how the run ends.
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { NO_FAULTS } from "../../src/replay/faults.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { manualClock } from "../support/clocks.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { serveReplay } from "../support/replay.ts";
import { serve } from "../support/server.ts";

const hey = fixtureNamed("openai-responses/hey.sse").bytes;
const folder = (): string => join(mkdtempSync(join(tmpdir(), "ssescope-")), "session");

/** A program that makes a request to the base URL in a variable, waits for its response, and exits with a code. */
function program(exitCode = 0, variable = "OPENAI_BASE_URL", requests = 1): string[] {
  const body = `JSON.stringify({model:"gpt-5",stream:true})`;
  const options = `{method:"POST",headers:{authorization:"Bearer sk-very-secret"},body:${body}}`;
  const code = `const ask = async () => {
    const response = await fetch(process.env.${variable} + "/responses?key=sk-also-secret", ${options});
    await response.text().catch(() => {});
  };
  (async () => {
    for (let count = 0; count < ${requests}; count += 1) await ask();
    process.exit(${exitCode});
  })();`;
  return [process.execPath, "-e", code];
}

describe("tap with a command", () => {
  test("runs it with its base URL set, and prints a line for each request.", async () => {
    const { origin } = await serveReplay(hey);
    const { exitCode, stderr, stdout } = await run(["tap", origin, "--", ...program(0, "OPENAI_BASE_URL", 2)]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    const said = "POST /v1/responses?key=REDACTED gpt-4o-2024-08-06  completed, 18 tokens, first token";
    expect(stderr).toContain(`#1 ${said}`);
    expect(stderr).toContain(`#2 ${said}`);
    expect(stderr).toMatch(/2 streams: 2 completed; no findings; exit 0\n$/);
    expect(stderr).not.toContain("secret");
  });

  test("ends with its exit code if all streams are fine.", async () => {
    const { origin } = await serveReplay(hey);
    expect((await run(["tap", origin, "--", ...program(42)])).exitCode).toBe(42);
  });

  test("ends with the worst stream's exit code if one is not.", async () => {
    const faults = { ...NO_FAULTS, cutAfter: { unit: "events", count: 4 } as const };
    const { origin } = await serveReplay(hey, { faults });
    const { exitCode, stderr } = await run(["tap", origin, "--", ...program(42)]);
    expect(exitCode).toBe(5);
    expect(stderr).toContain("error no-terminal: ");
  });

  test("checks each stream against expectations, and reports to files.", async () => {
    const { origin } = await serveReplay(hey);
    const path = join(mkdtempSync(join(tmpdir(), "ssescope-")), "report.ndjson");
    const asked = ["--expect", "usage.totalTokens<=10", "--reporter", `ndjson=${path}`];
    expect((await run(["tap", origin, ...asked, "--", ...program()])).exitCode).toBe(1);
    expect(JSON.parse(readFileSync(path, "utf8").split("\n")[0] ?? "")).toMatchObject({
      findings: [{ rule: "expectation" }],
    });
  });

  test("shows each request and its events in an HTML report, without secrets.", async () => {
    const { origin } = await serveReplay(hey);
    const path = join(mkdtempSync(join(tmpdir(), "ssescope-")), "report.html");
    const asked = ["--format", "text", "--reporter", `html=${path}`];
    await run(["tap", origin, ...asked, "--", ...program(0, "OPENAI_BASE_URL", 2)]);
    const page = readFileSync(path, "utf8");
    const details = [...page.matchAll(/data-part="detail">(.*)<\/script>/g)].map(([, json]) => JSON.parse(json ?? ""));
    expect(details).toMatchObject([
      { request: { exchange: 1, method: "POST" }, rows: { length: 9 } },
      { request: { exchange: 2, method: "POST" }, rows: { length: 9 } },
    ]);
    expect(page).not.toContain("secret");
  });

  test("does not apply expectations to a list of models.", async () => {
    const { origin } = await serve({ headers: { "content-type": "application/json" }, body: '{"data":[]}' });
    const code = `fetch(process.env.OPENAI_BASE_URL + "/models").then((response) => response.text())`;
    const asked = ["tap", origin, "--expect", "status=completed", "--", process.execPath, "-e", code];
    expect((await run(asked)).exitCode).toBe(0);
  });

  test("prints responses as they arrive, each line with the number of its request.", async () => {
    const { origin } = await serveReplay(hey);
    const { stderr } = await run(["tap", origin, "--format", "events", "--", ...program()]);
    const lines = stderr.split("\n").filter((line) => line.startsWith("#1 "));
    expect(lines).toHaveLength(1 + 9 + 1);
  });

  test("prints the events that pass a filter.", async () => {
    const { origin } = await serveReplay(hey);
    const { stderr } = await run(["tap", origin, "--only", "text", "--", ...program()]);
    const rows = stderr.split("\n").filter((line) => /^#1 +(?:#|\d+) /.test(line));
    expect(rows.map((row) => /kind|text/.exec(row)?.[0])).toEqual(["kind", "text", "text"]);
  });

  test("prints nothing to the terminal with --log.", async () => {
    const { origin } = await serveReplay(hey);
    const path = join(mkdtempSync(join(tmpdir(), "ssescope-")), "tap.log");
    const { stdout, stderr } = await run(["tap", origin, "--log", path, "--", ...program()]);
    expect([stdout, stderr]).toEqual(["", ""]);
    expect(readFileSync(path, "utf8")).toContain("#1 POST /v1/responses");
  });

  test("reports which folders it created for --log and --reporter.", async () => {
    const { origin } = await serveReplay(hey);
    const folder = mkdtempSync(join(tmpdir(), "ssescope-"));
    const [log, report] = [join(folder, "a", "tap.log"), join(folder, "b", "tap.json")];
    const argv = ["tap", origin, "--log", log, "--reporter", `json=${report}`, "--", ...program()];
    expect((await run(argv)).stderr.trimEnd().split("\n")).toEqual([
      `ssescope: created the folder ${join(folder, "a")} for ${log}`,
      `ssescope: created the folder ${join(folder, "b")} for ${report}`,
    ]);
  });

  test.each(["--log", "--reporter"])("does not overwrite its config with %s.", async (option) => {
    const config = join(mkdtempSync(join(tmpdir(), "ssescope-")), "config.json");
    writeFileSync(config, "{}");
    const value = option === "--log" ? config : `json=${config}`;
    const { exitCode, stderr } = await run(["tap", "http://127.0.0.1:1", "--config", config, option, value]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("would overwrite") });
    expect(readFileSync(config, "utf8")).toBe("{}");
  });

  test("does not write its log and a report to one file.", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "ssescope-")), "both");
    const argv = ["tap", "http://127.0.0.1:1", "--log", path, "--reporter", `json=${path}`];
    const { exitCode, stderr } = await run(argv);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("both write to") });
  });

  test("fails if the command sends no request.", async () => {
    const { exitCode, stderr } = await run(["tap", "http://127.0.0.1:1", "--", process.execPath, "-e", "0"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("no request arrived");
  });

  test("injects faults.", async () => {
    const { origin } = await serveReplay(hey);
    const argv = ["tap", origin, "--status", "529", "--faulty", "1", "--", ...program(0, "OPENAI_BASE_URL", 2)];
    const { exitCode, stderr } = await run(argv);
    expect(exitCode).toBe(7);
    expect(stderr).toContain("not-a-stream, HTTP 529");
    expect(stderr).toContain("#2 POST /v1/responses?key=REDACTED gpt-4o-2024-08-06  completed");
  });

  test("is wrong usage if the command does not exist.", async () => {
    const { exitCode, stderr } = await run(["tap", "http://127.0.0.1:1", "--", "/no/such/program"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cannot run /no/such/program");
  });
});

describe("The variables of several upstreams", () => {
  const named = ["--upstream", "openai=http://localhost:4000", "--upstream", "anthropic=http://localhost:4001"];

  test("are chosen by the upstreams' names if the hosts are unknown.", async () => {
    const live = start(["tap", ...named, "--print-env", "--env", "MINE=anthropic"]);
    await live.stdout.holds("MINE");
    const lines = live.stdout.text().replaceAll(/:\d+/g, "").trim().split("\n");
    expect(lines).toEqual([
      "export ANTHROPIC_BASE_URL=http://127.0.0.1/anthropic",
      "export OPENAI_BASE_URL=http://127.0.0.1/openai/v1",
      "export OPENAI_API_BASE=http://127.0.0.1/openai/v1",
      "export MINE=http://127.0.0.1/anthropic",
    ]);
    live.interrupt();
    await live.exitCode;
  });

  test.each([
    [["--env", "MINE=other", "--print-env"], "--env: there is no upstream other"],
    [["--env", "NO NAME"], "NO NAME is not a variable's name"],
    [["http://localhost:4002"], "an upstream is given twice"],
  ])("must be named correctly: %j", async (argv, said) => {
    const { exitCode, stderr } = await run(["tap", ...named, ...argv]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(said);
  });
});

describe("A session", () => {
  test("has each exchange with its request and a report, without keys.", async () => {
    const { origin } = await serveReplay(hey);
    const kept = folder();
    await run(["tap", origin, "--record", kept, "--", ...program(0, "OPENAI_BASE_URL", 2)]);
    expect(readdirSync(kept).sort()).toEqual([
      "0001-post-v1-responses.request.json",
      "0001-post-v1-responses.sse",
      "0001-post-v1-responses.sse.timing",
      "0002-post-v1-responses.request.json",
      "0002-post-v1-responses.sse",
      "0002-post-v1-responses.sse.timing",
      "exchanges.ndjson",
    ]);
    const read = (name: string): string => readFileSync(join(kept, name), "utf8");
    expect(Buffer.from(read("0001-post-v1-responses.sse"))).toEqual(Buffer.from(hey));
    expect(JSON.parse(read("0001-post-v1-responses.request.json"))).toMatchObject({
      capture: "0001-post-v1-responses.sse",
      request: { method: "POST", model: "gpt-5", stream: true, exchange: 1, headers: { authorization: "REDACTED" } },
      body: { json: { model: "gpt-5", stream: true } },
      bodyHash: expect.stringMatching(/^[\da-f]{64}$/),
    });
    const reports = read("exchanges.ndjson").trim().split("\n");
    expect(reports.map((line): unknown => JSON.parse(line))).toMatchObject([
      { source: "0001-post-v1-responses.sse", verdict: "completed" },
      { source: "0002-post-v1-responses.sse", verdict: "completed" },
    ]);
    for (const name of readdirSync(kept)) expect(read(name)).not.toContain("secret");
    const { stdout } = await run(["--json", join(kept, "0001-post-v1-responses.sse")]);
    expect(JSON.parse(stdout)).toMatchObject({ endedBy: "server", request: { exchange: 1, model: "gpt-5" } });
  });

  test("can be replayed after a kill at any moment.", async () => {
    const { origin } = await serveReplay(hey, { faults: { ...NO_FAULTS, stallAfter: 6 } });
    const session = folder();
    const live = start(["tap", origin, "--record", session]);
    await live.stdout.holds("\n");
    const [base = ""] = live.stdout.text().split("\n");
    const asked = new AbortController();
    const tools = [{ type: "mcp", authorization: "sk-tool-secret" }];
    const body = JSON.stringify({ model: "gpt-5", stream: true, tools });
    await fetch(`${base}/v1/responses`, { method: "POST", body, signal: asked.signal });
    const request = join(session, "0001-post-v1-responses.request.json");
    await vi.waitUntil(() => existsSync(request), { timeout: 60_000 });
    expect(JSON.parse(readFileSync(request, "utf8"))).toMatchObject({
      body: { json: { model: "gpt-5", tools: [{ type: "mcp", authorization: "REDACTED" }] } },
    });
    asked.abort();
    await live.stdout.holds("the client left");
    live.interrupt();
    expect(await live.exitCode).toBe(6);
  });

  test("has no request bodies if it is redacted.", async () => {
    const { origin } = await serveReplay(hey);
    const kept = folder();
    await run(["tap", origin, "--record", kept, "--redact", "--", ...program()]);
    const { body, bodyHash } = JSON.parse(readFileSync(join(kept, "0001-post-v1-responses.request.json"), "utf8"));
    expect({ body, bodyHash }).toEqual({ body: null, bodyHash: null });
    expect(readFileSync(join(kept, "0001-post-v1-responses.sse"), "utf8")).not.toContain("hey");
    expect(readFileSync(join(kept, "exchanges.ndjson"), "utf8")).not.toContain("hey");
  });

  test("does not overwrite another one.", async () => {
    const { origin } = await serveReplay(hey);
    const kept = folder();
    await run(["tap", origin, "--record", kept, "--", ...program()]);
    const { exitCode, stderr } = await run(["tap", origin, "--record", kept, "--", ...program()]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("is not empty");
  });
});

describe("tap without a command", () => {
  test("prints the base URL and the variables for programs, until Ctrl-C.", async () => {
    const { origin } = await serveReplay(hey);
    const live = start(["tap", origin]);
    await live.stdout.holds("\n");
    const [base = ""] = live.stdout.text().split("\n");
    expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await live.stderr.holds(`OPENAI_BASE_URL=${base}/v1`);
    expect(live.stderr.text()).toContain(`codex -c openai_base_url=${base}/v1`);
    await (await fetch(`${base}/v1/responses`, { method: "POST", body: "{}" })).text();
    await live.stdout.holds("#1 POST /v1/responses");
    live.interrupt();
    expect(await live.exitCode).toBe(0);
    expect(live.stdout.text()).toContain("1 stream: 1 completed");
  });

  test("reads the bytes that arrived before Ctrl-C to their end.", async () => {
    const { origin } = await serveReplay(hey);
    const live = start(["tap", origin]);
    await live.stdout.holds("\n");
    const [base = ""] = live.stdout.text().split("\n");
    await (await fetch(`${base}/v1/responses`, { method: "POST", body: "{}" })).text();
    live.interrupt();
    expect(await live.exitCode).toBe(0);
    expect(live.stdout.text()).toContain("completed, 18 tokens");
  });

  test("shows open exchanges on a terminal, with their status.", async () => {
    const faults = { ...NO_FAULTS, stallAfter: 6 };
    const { origin } = await serveReplay(hey, { faults });
    const clock = manualClock();
    const live = start(["tap", origin], { clock, terminalColumns: 100 });
    await live.stdout.holds("\n");
    const [base = ""] = live.stdout.text().split("\n");
    const asked = new AbortController();
    const body = JSON.stringify({ model: "gpt-5", stream: true });
    const response = await fetch(`${base}/v1/responses`, { method: "POST", body, signal: asked.signal });
    const reader = response.body?.getReader();
    for (let text = ""; !text.includes("output_text.delta");) {
      const { value } = (await reader?.read()) ?? {};
      text += Buffer.from(value ?? []).toString();
    }
    await clock.advance(2000);
    await live.stderr.holds("1 request open");
    await live.stderr.holds("#1  2.0 s  6 events  message  silent for 2.0 s  POST /v1/responses gpt-5");
    asked.abort();
    await live.stdout.holds("the client left");
    live.interrupt();
    expect(await live.exitCode).toBe(6);
  });

  test("prints export lines for a shell.", async () => {
    const live = start(["tap", "https://api.anthropic.com", "--print-env", "--env", "MY_BASE"]);
    await live.stdout.holds("MY_BASE");
    expect(live.stdout.text()).toMatch(
      /^export ANTHROPIC_BASE_URL=http:\/\/127\.0\.0\.1:\d+\nexport MY_BASE=http:\/\/127\.0\.0\.1:\d+\n$/,
    );
    live.interrupt();
    expect(await live.exitCode).toBe(0);
  });

  test.each([
    ["no-url", "an upstream is not an http or https URL"],
    ["https://user:pass@api.example", "has more than a scheme, a host and a path"],
  ])("refuses %s as an upstream.", async (upstream, reason) => {
    const { exitCode, stderr } = await run(["tap", upstream]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain("pass@");
  });
});
