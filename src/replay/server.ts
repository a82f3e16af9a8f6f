// An HTTP server that answers as the captures did.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { asIndex } from "../model/payload.ts";
import { listen } from "../serving/listen.ts";
import type { Source } from "../sources/source.ts";
import { answer, type Answered } from "./response.ts";
import type { Faults } from "./faults.ts";
import { NO_FAULTS } from "./faults.ts";
import type { Clock } from "../timing/clock.ts";
import type { Pace } from "./pace.ts";
import { isResumed, type Resumption } from "./resumption.ts";

/** A capture, and the path at which it is served; null: at every path that has none of its own, in turn. */
export interface Route {
  readonly path: string | null;
  readonly capture: Source;
}

export interface ReplayOptions {
  readonly routes: readonly Route[];
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly pace: Pace;
  readonly faults: Faults;
  /** How many responses have the faults, the first ones; Infinity: all. */
  readonly faulty: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cors: boolean;
  /** It ends after so many responses; Infinity: never. */
  readonly count: number;
  readonly clock: Clock;
  /** Told of each response, when it is over. */
  readonly onAnswer: (request: AnsweredRequest) => void;
}

export interface AnsweredRequest extends Answered {
  readonly method: string;
  /** What was asked for, of which only path and query are meant: may hold a key. */
  readonly address: URL;
  readonly capture: string;
}

export interface Replay {
  readonly port: number;
  /** Settled when the server has ended: after the last response, at an abort, or by an error, which it throws. */
  readonly ended: Promise<void>;
}

/** Starts the server. Throws UserError where it cannot listen there. */
export async function startReplay(options: ReplayOptions, signal: AbortSignal): Promise<Replay> {
  const { routes, cors, clock, onAnswer } = options;
  const sockets = new Set<Socket>();
  const turns = routes.filter(({ path }) => path === null);
  /** The longest path decides. */
  const placed = routes.filter(({ path }) => path !== null).sort((a, b) => lengthOf(b) - lengthOf(a));
  let turn = 0;
  let answers = 0;
  let over = 0;

  /** A client that comes back goes on with what was served last. */
  function captureFor(path: string, resumption: Resumption): Source | null {
    const ofPath = placed.find((route) => isAtOrBelow(path, route.path ?? ""));
    if (ofPath !== undefined) return ofPath.capture;
    if (!isResumed(resumption) || turn === 0) turn += 1;
    return turns[(turn - 1) % turns.length]?.capture ?? null;
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // What the client sends is not read, and must not hold it up.
    request.resume();
    const { method = "", url = "/" } = request;
    const corsHeaders = cors ? CORS : {};
    if (!URL.canParse(url, BASE)) return void response.writeHead(400, corsHeaders).end("not a valid URL\n");
    const address = new URL(url, BASE);
    if (method === "OPTIONS" || method === "HEAD") return void response.writeHead(204, corsHeaders).end();
    const resumption = resumptionOf(request, address);
    const path = address.pathname;
    const capture = captureFor(path, resumption);
    if (capture === null) {
      return void response.writeHead(404, corsHeaders).end(`nothing is replayed at ${path}\n`);
    }
    const number = answers;
    answers += 1;
    const faults = number < options.faulty ? options.faults : NO_FAULTS;
    const headers = { ...corsHeaders, ...options.headers };
    const answered = await answer(response, { path, capture, faults, pace: options.pace, resumption, headers, clock });
    onAnswer({ ...answered, method, address, capture: capture.name });
    over += 1;
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
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  return { port, ended };
}

/** What a request names is a path: this stands before it. */
const BASE = "http://replay.invalid";

function lengthOf({ path }: Route): number {
  return path?.length ?? 0;
}

/** `/v1beta/models` is above `/v1beta/models/x:streamGenerateContent`, and not above `/v1beta/models-of-mine`. */
function isAtOrBelow(path: string, above: string): boolean {
  return path === above || (path.startsWith(above) && (above.endsWith("/") || /[/:]/.test(path[above.length] ?? "")));
}

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*",
  "access-control-allow-methods": "*",
};

function resumptionOf({ headers, method }: IncomingMessage, { searchParams }: URL): Resumption {
  const id = headers["last-event-id"];
  const after = searchParams.get("starting_after");
  return {
    lastEventId: typeof id === "string" && id !== "" ? id : null,
    startingAfter: method === "GET" && after !== null ? asIndex(Number(after)) : null,
  };
}
