// The captures that a replay serves: files, files at paths, a folder that a tap recorded, or bytes.
import { withoutCompanions } from "../capture/companions.ts";
import { TransportError, UserError } from "../errors.ts";
import { decompressed, headOfStream } from "../replay/pieces.ts";
import type { Program, Succession } from "../replay/program.ts";
import { isFolder, openSession } from "../replay/session.ts";
import { createTurns, type Route } from "../replay/turns.ts";
import { isUrl, shownName } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { libraryFile } from "./source.ts";

/** Captures in turn, including `/path=file`, or a session. Throws UserError if they cannot be served. */
export async function openCaptures(given: readonly string[], then: Succession | null): Promise<Program> {
  const names = withoutCompanions(given);
  const folder = names.find(isFolder);
  if (folder === undefined) return openRoutes(names.map(routeOf), then);
  if (names.length > 1) {
    throw new UserError(
      `${folder} is a folder, so it cannot be combined with other captures`,
      "replay a session alone",
    );
  }
  return openSession(folder, then);
}

/** Captures in turn, or each at its path. Throws UserError if they cannot be served. */
export async function openRoutes(routes: readonly Route[], then: Succession | null): Promise<Program> {
  await checkReadable(routes);
  return createTurns(routes, then);
}

/** `/path=file`, or a file. Throws UserError for standard input and URLs. */
function routeOf(name: string): Route {
  const equals = name.startsWith("/") ? name.indexOf("=") : -1;
  const file = name.slice(equals + 1);
  if (file === STDIN_NAME) {
    throw new UserError(
      "cannot replay standard input: each response rereads its capture",
      "write it to a file first, for example with --record",
    );
  }
  if (isUrl(file)) {
    throw new UserError(
      `cannot replay ${shownName(file)}: it is a URL, and captures are replayed`,
      "record it first: ssescope URL --record capture.sse",
    );
  }
  return { path: equals === -1 ? null : name.slice(0, equals), capture: libraryFile(file) };
}

/** Throws UserError if a capture cannot be opened or served, before the first request needs it. */
async function checkReadable(routes: readonly Route[]): Promise<void> {
  for (const { capture } of routes) {
    const framing = await framingOf(capture);
    if (framing === null || BARE.has(framing)) continue;
    throw new UserError(
      `cannot replay ${capture.name}: its framing is ${framing}`,
      "only bare streams can be replayed: a file from --record, or the body of a response",
    );
  }
}

/** The framing, by its first chunk; null if there is none, or it is not enough. */
async function framingOf(capture: Source): Promise<string | null> {
  const { chunks } = await capture.open(new AbortController().signal);
  try {
    for await (const chunk of decompressed(capture.name, chunks)) return headOfStream(chunk)?.framing ?? null;
  } catch (error) {
    // The recording ended this way before any data came.
    if (!(error instanceof TransportError)) throw error;
  }
  return null;
}

/** Framings whose bytes are the original bytes of a server. */
const BARE: ReadonlySet<string> = new Set([
  "aws-eventstream",
  "sse",
  "ndjson",
  "ai-sdk-data",
  "json-array",
  "json-documents",
]);
