// From a name to its source.
import { UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { fileSource } from "./file.ts";
import type { RequestOptions } from "./request.ts";
import type { Source } from "./source.ts";
import { STDIN_NAME, stdinSource } from "./stdin.ts";

/** What a source may need besides its name. */
export interface SourceContext {
  readonly io: Pick<Io, "stdin" | "env">;
  readonly request: RequestOptions;
}

/** The source of a path, `-`, or an http(s) URL. Throws UserError for a URL of another scheme. */
export async function sourceOf(name: string, context: SourceContext): Promise<Source> {
  if (name === STDIN_NAME) return stdinSource(context.io.stdin);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(name)?.[1]?.toLowerCase();
  if (scheme === undefined) return fileSource(name);
  if (scheme !== "http" && scheme !== "https") {
    throw new UserError(`cannot read ${scheme}: URLs`, "only http and https are read; for a file, give its path");
  }
  // Loaded only here: the HTTP client costs as much as starting Node.
  const { httpSource } = await import("./http.ts");
  return httpSource(name, context);
}
