// The body of an HTTP error, in the format of the provider that serves the path.
import { allDialects } from "../dialects/all-dialects.ts";
import type { DialectTraits } from "../model/dialect-traits.ts";

const bodies = allDialects()
  .map(({ errorBody }: DialectTraits) => errorBody)
  .filter((body) => body !== null);

/** A provider's JSON error body for a request to `path`; a generic one if no provider serves that path. */
export function errorBody(path: string, status: number, message: string): string {
  const found = bodies.find((known) => known.path?.test(path)) ?? bodies.find((known) => known.path === null);
  return JSON.stringify(found?.body(status, message));
}
