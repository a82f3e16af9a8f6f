import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startProgram } from "./start-program.ts";

test("the program contains the page of the HTML report", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ssescope-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "new", "report.html");
  const argv = ["check", "--reporter", `html=${path}`, "fixtures/recorded/tides.sse"];
  expect((await startProgram(argv).ending).exitCode).toBe(0);
  const page = readFileSync(path, "utf8");
  expect(page).toMatch(/^<!doctype html>\n/);
  expect(page).toMatch(
    /data-part="detail">\{.*<\/script>\n.*data-part="run">\{.*<\/script>\n<script>[^]{10000,}<\/script>\n<\/body>\n<\/html>\n$/,
  );
});
