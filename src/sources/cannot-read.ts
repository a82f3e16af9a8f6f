import { join } from "node:path";
import { isError, UserError } from "../errors.ts";

const REASONS: Record<string, string> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
};

/** What to do about a path that cannot be read. */
export interface PathHints {
  /** The path does not exist; `isGarbled`: its name is not valid UTF-8. */
  readonly missing: (isGarbled: boolean) => string;
  /** The path is a folder: commands that read all captures of a folder have replaced it by them. */
  readonly folder: (path: string) => string;
}

/** For users of the command line. */
const COMMAND_HINTS: PathHints = {
  missing: (isGarbled) =>
    isGarbled
      ? "names must be valid UTF-8: rename it, or pipe it: ssescope < FILE"
      : "check the path; - reads standard input, and a URL begins with http://, https://, ws:// or wss://",
  folder: (path) =>
    `name one capture in it, such as ${join(path, "capture.sse")}; check and stats read all of a folder`,
};

/** The UserError for a path that the system refuses to read. */
export function cannotRead(path: string, error: unknown, { missing }: PathHints = COMMAND_HINTS): UserError {
  const code = isSystemError(error) ? error.code : null;
  const reason = (code !== null && REASONS[code]) || (error instanceof Error ? error.message : String(error));
  return new UserError(
    `cannot read ${path}: ${reason}`,
    code === "ENOENT" ? missing(path.includes(REPLACEMENT)) : null,
  );
}

/** The UserError for a folder where a file is needed. */
export function folderInsteadOfFile(path: string, { folder }: PathHints = COMMAND_HINTS): UserError {
  return new UserError(`cannot read ${path}: it is a folder`, folder(path));
}

/** Node.js decodes arguments and names in folders with it where bytes are not UTF-8, so the file cannot be opened. */
const REPLACEMENT = "\uFFFD";

/** Whether this is a system error with a code such as ENOENT. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  return isError(error) && "code" in error && typeof error.code === "string";
}
