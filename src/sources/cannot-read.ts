import { isError, UserError } from "../errors.ts";

const REASONS: Record<string, string> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
};

/** The UserError for a path that the system refuses to read. */
export function cannotRead(path: string, error: unknown): UserError {
  const code = isSystemError(error) ? error.code : null;
  const reason = (code !== null && REASONS[code]) || (error instanceof Error ? error.message : String(error));
  return new UserError(`cannot read ${path}: ${reason}`, code === "ENOENT" ? hintFor(path) : null);
}

/** What to do about a path that does not exist. */
function hintFor(path: string): string {
  if (path.includes(REPLACEMENT)) return "names must be valid UTF-8: rename it, or pipe it: ssescope < FILE";
  return "check the path; - reads standard input, and a URL begins with http://, https://, ws:// or wss://";
}

/** Node.js decodes arguments and names in folders with it where bytes are not UTF-8, so the file cannot be opened. */
const REPLACEMENT = "\uFFFD";

/** Whether this is a system error with a code such as ENOENT. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  return isError(error) && "code" in error && typeof error.code === "string";
}
