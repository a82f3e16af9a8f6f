// The body of an HTTP error, worded as the provider does that has such paths.
import { allDialects } from "../dialects/all-dialects.ts";
import type { DialectTraits } from "../model/dialect-traits.ts";

const bodies = allDialects()
  .map(({ errorBody }: DialectTraits) => errorBody)
  .filter((body) => body !== null);

/** The JSON with which a provider answers a request for `path`; one for any path if the path is nobody's. */
export function errorBody(path: string, status: number, message: string): string {
  const found = bodies.find((known) => known.path?.test(path)) ?? bodies.find((known) => known.path === null);
  return JSON.stringify(found?.body(status, message));
}
