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
  const hint =
    code === "ENOENT"
      ? "check the path; - reads standard input, and a URL begins with http://, https://, ws:// or wss://"
      : null;
  return new UserError(`cannot read ${path}: ${reason}`, hint);
}

/** Whether this is a system error with a code such as ENOENT. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  return isError(error) && "code" in error && typeof error.code === "string";
}
