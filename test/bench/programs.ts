// The commands that are measured: this program, and the peers that are bundled with the benchmark.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Script } from "./measure.ts";

export interface Reader extends Script {
  readonly name: string;
  /** Whether it writes the text of the stream to stdout. */
  readonly writesText: boolean;
}

export const PROGRAM = "bin/ssescope.js";

/** Reading it costs little more than starting the program. */
export const SMALL_CAPTURE = "fixtures/openai-responses/hey.sse";

/** This program with its defaults, or that of another checkout. */
export function ssescope(file: string, program = PROGRAM): Reader {
  const name = program === PROGRAM ? "ssescope" : `ssescope, ${program}`;
  return { name, command: `node ${program} ${file}`, writesText: true };
}

export function eventsourceParser(file: string): Reader {
  return {
    name: `eventsource-parser ${versionOf("eventsource-parser")}, JSON.parse`,
    command: peer("eventsource-parser", file),
    writesText: true,
  };
}

export function eventsourceParserWritingEach(file: string): Reader {
  const { name, command } = eventsourceParser(file);
  return { name: `${name}, a write for each text`, command: `${command} each`, writesText: true };
}

export function openai(file: string): Reader {
  return { name: `openai ${versionOf("openai")}, its stream reader`, command: peer("openai", file), writesText: true };
}

export function jsonParse(file: string): Reader {
  return {
    name: "lines split, JSON.parse of each, nothing else",
    command: peer("json-parse", file),
    writesText: false,
  };
}

export function lineCount(file: string): Reader {
  return { name: "wc -l", command: `wc -l ${file}`, writesText: false };
}

/** A typical shell pipeline; null if jq is not installed. Both processes are measured. */
export function jq(file: string): Reader | null {
  const version = spawnSync("jq", ["--version"], { encoding: "utf8" });
  if (version.error !== undefined) return null;
  const program = 'select(.type == "response.output_text.delta").delta';
  return {
    name: `sed and ${version.stdout.trim()}`,
    command: `sed -n 's/^data: //p' ${file} | jq -j '${program}'`,
    writesText: true,
  };
}

/** Throws unless all captures are completed and without findings. */
export function demandClean(files: readonly string[]): void {
  execFileSync("node", [PROGRAM, "check", "--fail-on", "info", "--expect", "verdict=completed", ...files], {
    stdio: ["ignore", 2, 2],
  });
}

/** Throws unless all readers write the same text. Line ends are ignored: ssescope writes one between items. */
export function demandSameText(readers: readonly Reader[]): void {
  const texts = readers
    .filter(({ writesText }) => writesText)
    .map(({ name, command }) => {
      const { stdout } = spawnSync("bash", ["-c", `${command} 2>/dev/null`], { encoding: "utf8", maxBuffer: Infinity });
      return { name, text: stdout.replaceAll("\n", "") };
    });
  const other = texts.find(({ text }) => text === "" || text !== texts[0]?.text);
  if (other !== undefined) throw new Error(`the text of ${other.name} differs from that of ${texts[0]?.name}`);
}

function peer(name: string, file: string): string {
  return `node coverage/bench/${name}.js ${file}`;
}

function versionOf(module: string): string {
  const metadata: { readonly version: string } = JSON.parse(
    readFileSync(path.join("node_modules", module, "package.json"), "utf8"),
  );
  return metadata.version;
}
