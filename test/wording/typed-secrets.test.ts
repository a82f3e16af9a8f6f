import { describe, expect, test } from "vitest";
import { run } from "../support/io.ts";
import { withoutTypedSecrets } from "../../src/wording/typed-secrets.ts";

const SECRET = "zq-84c1f0e29b";

describe("A message is shown without secrets", () => {
  test.each([
    ["cannot read https://u:zq@h/x: no such file", "cannot read https://REDACTED:REDACTED@h/x: no such file"],
    ["cannot read //token@h/x", "cannot read //REDACTED@h/x"],
    ["cannot read u:zq@h/x: no such file", "cannot read REDACTED:REDACTED@h/x: no such file"],
    ["cannot read h/v1?a=1&key=zq&b=2: gone", "cannot read h/v1?a=1&key=REDACTED&b=2: gone"],
    ["cannot read h/v1?key=zq: gone", "cannot read h/v1?key=REDACTED: gone"],
    ["unknown option '--api-key=zq'", "unknown option '--api-key=REDACTED'"],
    ["unknown option '-apikey=zq'", "unknown option '-apikey=REDACTED'"],
    ['the expectation "password=zq" …', 'the expectation "password=REDACTED" …'],
    ["cannot read sk-proj-84c1f0e29b84c1f0: no such file", "cannot read REDACTED: no such file"],
  ])("%j as %j", (message, shown) => {
    expect(withoutTypedSecrets(message)).toBe(shown);
    expect(withoutTypedSecrets(shown)).toBe(shown);
  });

  test.each([
    "cannot read captures/v=2/a@b.sse: no such file",
    "cannot read sk-learn.sse: no such file",
    "write the URL before it, or give the number: --reconnect=5",
    "--data @FILE reads a file, --data @- standard input",
    "the expectation \"http.status=200\" has a key that does not exist: use 'text.length>=1'",
    "https://example.com/a?model=gpt-5 is not valid",
  ])("%j unchanged", (message) => {
    expect(withoutTypedSecrets(message)).toBe(message);
  });
});

describe("No command prints a secret that was typed in the wrong place", () => {
  test.each([
    ["replay", `https://user:${SECRET}@example.com/v1`],
    ["replay", ` https://example.com/v1?api_key=${SECRET}`],
    ["replay", `/v1=https://example.com/v1?key=${SECRET}`],
    [`--api-key=${SECRET}`, "a.sse"],
    [`--baerer=${SECRET}`, "a.sse"],
    ["check", `--token=${SECRET}`],
    ["tap", `--apikey=${SECRET}`],
    ["show", `u:${SECRET}@example.com/v1`, "1"],
    [`example.com/v1?key=${SECRET}`],
    ["check", "--reporter", "json", `example.com/v1?key=${SECRET}`],
    ["diff", `//u:${SECRET}@example.com/v1`, "a.sse"],
    [`--format=https://example.com/?key=${SECRET}`, "a.sse"],
    ["check", "--config", `https://u:${SECRET}@example.com/`, "a.sse"],
    ["--cacert", `//u:${SECRET}@example.com/`, "https://127.0.0.1:1/"],
    ["-d", `@ https://u:${SECRET}@example.com/`, "https://127.0.0.1:1/"],
    ["rules", `key=${SECRET}`],
    ["completions", `key=${SECRET}`],
  ])("%s %s", async (...argv) => {
    const { exitCode, stdout, stderr } = await run(argv);
    expect(stdout + stderr).not.toContain(SECRET);
    expect(exitCode).toBe(2);
  });

  test("also in a URL after a space, which is read as a URL.", async () => {
    const { exitCode, stderr } = await run([` http://u:${SECRET}@127.0.0.1:1/?key=${SECRET}`]);
    expect(stderr).toContain("http://REDACTED:REDACTED@127.0.0.1:1/?key=REDACTED");
    expect(stderr).not.toContain(SECRET);
    expect(exitCode).toBe(6);
  });
});
