// The HTTP server that serves captures.
import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { UserError } from "../errors.ts";
import { listen } from "../serving/listen.ts";
import { isLoopbackHost } from "../serving/loopback.ts";
import { errorBody } from "./error-body.ts";
import { type Asked, readRequest } from "./asked.ts";
import { answer, type Answered } from "./response.ts";
import { endsEarly, type Faults } from "./faults.ts";
import { NO_FAULTS } from "./faults.ts";
import type { Clock } from "../timing/clock.ts";
import type { Pace } from "./pace.ts";
import type { Program } from "./program.ts";
import { answerOf } from "./whole-answer.ts";
import { wrappingFor } from "./wrapping.ts";

export interface ReplayOptions {
  readonly program: Program;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly pace: Pace;
  readonly faults: Faults;
  /** Inject faults into the first N responses only; Infinity: into all. */
  readonly faulty: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cors: boolean;
  /** Stop after this many responses; Infinity: never. */
  readonly count: number;
  readonly clock: Clock;
  /** Called for each response when it is over. */
  readonly onAnswer: (request: AnsweredRequest) => void;
  /** Called when a request fails, with the reason. */
  readonly onFailure: (error: Error) => void;
}

export interface AnsweredRequest extends Answered {
  readonly method: string;
  /** The requested URL; only its path and query count. It may contain a key. */
  readonly address: URL;
  /** The name of the capture; null: none was served. */
  readonly capture: string | null;
  /** Why no capture was served, or how it was changed; null: it was served as it is. */
  readonly note: string | null;
}

export interface Replay {
  readonly port: number;
  /** Settles when the server has stopped: after the last response or an abort. Rejects if an error stops it. */
  readonly ended: Promise<void>;
  /** From now on the server does not keep the process alive, nor does a response that nobody reads. */
  unref(): void;
}

const NO_CONTENT = 204;
const NOT_FOUND = 404;
const UPGRADE_REQUIRED = 426;
const OK = 200;
const FIRST_ERROR = 400;
const FORBIDDEN = 403;
const INTERNAL_ERROR = 500;

/** Starts the server. Throws UserError if it cannot listen on that address. */
export async function startReplay(options: ReplayOptions, signal: AbortSignal): Promise<Replay> {
  const { program, cors, clock, pace, onAnswer, onFailure } = options;
  const sockets = new Set<Socket>();
  const headers = { ...(cors && CORS), ...options.headers };
  let answers = 0;
  let over = 0;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "/" } = request;
    // A target that starts with two slashes is a path here, not a host.
    const target = url.startsWith("/") ? BASE + url : url;
    if (!URL.canParse(target)) return void response.writeHead(400, headers).end("not a valid URL\n");
    const address = new URL(target);

    /** Responds without a capture. */
    function reply(status: number, body: string | null, note: string): void {
      const type = body === null ? {} : { "content-type": "application/json" };
      // Some SDKs retry after certain statuses; this header stops them.
      const advice = status < FIRST_ERROR ? {} : { "x-should-retry": "false" };
      response.writeHead(status, { ...type, ...advice, ...headers }).end(body ?? undefined);
      const bytes = Buffer.byteLength(body ?? "");
      onAnswer({ method, address, status, bytes, ending: "complete", missed: [], capture: null, note });
    }
    const refuse = (status: number, reason: string): void =>
      reply(status, errorBody(address.pathname, status, `ssescope replay: ${reason}`), reason);

    // A page of another origin can reach this machine through its own host name (DNS rebinding).
    if (isLoopbackHost(options.host) && !isLoopbackHost(request.headers.host ?? "")) {
      return refuse(
        FORBIDDEN,
        "the Host of a request must be localhost, 127.0.0.1 or [::1]; for other hosts, set --host",
      );
    }
    if (isWebSocket(request)) {
      // RFC 9110, 15.5.22; clients that can do without fall back to HTTP.
      response.setHeader("upgrade", "HTTP/1.1").setHeader("connection", "upgrade, close");
      return refuse(UPGRADE_REQUIRED, "captures are served over HTTP, not over WebSocket");
    }
    if (method === "OPTIONS" && (cors || !program.isComplete)) return reply(NO_CONTENT, null, "a preflight");
    if (method === "HEAD" && !program.isComplete) return reply(NO_CONTENT, null, "a HEAD request");
    const asked = await readRequest(request, address).catch(() => null);
    // The client has left.
    if (asked === null) return;
    if (asked.other !== null && !program.isPlaced(address.pathname)) return replyToOther(asked, reply, refuse);

    const chosen = await program.choose(asked);
    if ("refusal" in chosen) return refuse(chosen.status, chosen.refusal);
    const faults = answers < options.faulty ? options.faults : NO_FAULTS;
    const made = faults.status === null ? await answerOf(chosen, asked) : { document: null, note: null };
    if ("refusal" in made) {
      chosen.handBack();
      return refuse(made.status, made.refusal);
    }
    answers += 1;
    // A client that retries gets the capture that the fault kept from it.
    if (options.faulty !== Infinity && endsEarly(faults)) chosen.handBack();
    const { resumption } = asked;
    const { capture, contentLength } = chosen;
    const path = address.pathname;
    const isAsRecorded = made.document !== null || faults.status !== null || program.isComplete;
    const wrapping = isAsRecorded ? null : await wrappingFor(path, chosen);
    const what = { path, capture, contentLength, document: made.document, wrapping, resumption };
    const answered = await answer(response, { ...what, faults, pace, headers, clock });
    onAnswer({ ...answered, method, address, capture: capture.name, note: made.note });
    over += 1;
  }

  /** Answers requests that are not for responses, such as lists of models, from the captures. */
  async function replyToOther(
    { other, address }: Asked,
    reply: (status: number, body: string | null, note: string) => void,
    refuse: (status: number, reason: string) => void,
  ): Promise<void> {
    const body = other?.body === undefined ? null : other.body(await program.known());
    if (body !== null) return reply(OK, JSON.stringify(body), "built from the captures");
    refuse(NOT_FOUND, `${address.pathname} is not a path of model responses`);
  }

  const server = createServer();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const port = await listen(server, options);
  const ended = new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    };
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      respond(request, response).then(
        () => {
          if (over >= options.count) stop();
        },
        (error: unknown) => {
          // An error in one capture or request must not stop the server.
          if (!isOfOne(error)) {
            stop();
            return reject(error instanceof Error ? error : new Error(String(error)));
          }
          onFailure(error);
          if (response.headersSent) response.destroy();
          else response.writeHead(INTERNAL_ERROR, headers).end(`ssescope replay: ${error.message}\n`);
        },
      );
    });
    // Every paced response adds a listener too.
    setMaxListeners(0, signal);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  const unref = (): void => {
    server.unref();
    server.on("connection", (socket: Socket) => socket.unref());
  };
  return { port, ended, unref };
}

/** System errors have a `syscall`, for example a missing file or too many open files. */
function isOfOne(error: unknown): error is Error {
  return error instanceof UserError || (error instanceof Error && "syscall" in error);
}

/** A request names only a path; this base makes it a URL. */
const BASE = "http://replay.invalid";

/**
 * Other upgrades, such as HTTP/2 in cleartext, may be ignored: RFC 9110, 7.8. A proxy may remove the Upgrade header
 * and kept the key, so the key counts too.
 */
function isWebSocket({ headers }: IncomingMessage): boolean {
  if (headers["sec-websocket-key"] !== undefined) return true;
  return /(?:^|,)\s*websocket\s*(?:$|,)/i.test(headers.upgrade ?? "");
}

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*",
  "access-control-allow-methods": "*",
};
