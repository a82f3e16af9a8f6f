import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new directory that is deleted after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "ssescope-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Writes captures by name into a new directory; returns their paths in the same order. */
export function captureFiles(captures: Readonly<Record<string, string | Uint8Array>>): string[] {
  const directory = temporaryDirectory();
  return Object.entries(captures).map(([name, content]) => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  });
}
