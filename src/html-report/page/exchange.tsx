// The request and the response headers, as far as known and without secrets.
import { visibleLine } from "../../terminal/visible.ts";
import type { StreamDetail } from "../data.ts";

export function Exchange({ detail }: { readonly detail: StreamDetail }) {
  const { request, http, breaks } = detail;
  if (request === null && http === null && breaks.length === 0) return null;
  const said: readonly (readonly [string, string])[] =
    http === null
      ? []
      : [
          ...(http.contentType === null ? [] : [["content-type", http.contentType] as const]),
          ...(http.contentEncoding === undefined ? [] : [["content-encoding", http.contentEncoding] as const]),
          ...(http.location === null ? [] : [["location", http.location] as const]),
          ...(http.redirects === undefined ? [] : [["redirected from", http.redirects.join(", ")] as const]),
          ...(http.redirectRefusal === undefined ? [] : [["not followed", http.redirectRefusal] as const]),
          ...(http.attempts === undefined ? [] : [["attempts", String(http.attempts)] as const]),
        ];
  return (
    <section aria-labelledby="exchange-title">
      <h3 id="exchange-title">Request and response</h3>
      <div class="exchange">
        {request !== null && (
          <div>
            <p class="request-line">
              <strong>{visibleLine(request.method)}</strong> {visibleLine(request.path)}
              {request.exchange !== undefined && <span class="soft"> #{request.exchange}</span>}
            </p>
            <Pairs pairs={Object.entries(request.headers)} />
          </div>
        )}
        {http !== null && (
          <div>
            <p class="request-line">
              <strong class={http.status >= 400 ? "bad" : ""}>HTTP {http.status}</strong> {visibleLine(http.statusText)}
            </p>
            <Pairs pairs={said} />
          </div>
        )}
      </div>
      {breaks.map(({ atMs, reason, lastEventId }, index) => (
        <p key={index} class="note">
          The connection broke after {Math.round(atMs)} ms ({visibleLine(reason)}); the stream was continued
          {lastEventId === null ? "" : ` after the event ${visibleLine(lastEventId)}`}.
        </p>
      ))}
    </section>
  );
}

function Pairs({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl class="pairs">
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{visibleLine(name)}</dt>
          <dd>{visibleLine(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
