// Serves captures in turn, or each at its path.
import { traitsNamed } from "../dialects/traits-named.ts";
import type { Source } from "../sources/source.ts";
import type { Asked } from "./asked.ts";
import { type Known, readCapture } from "./known.ts";
import type { Chosen, Program, Refusal, Succession } from "./program.ts";
import { isResumed } from "./resumption.ts";

const NOT_FOUND = 404;
/** Clients show its message; they neither retry nor switch to another model. */
const BAD_REQUEST = 400;

/** A capture and its path; null: served in turn at every path that has no capture of its own. */
export interface Route {
  readonly path: string | null;
  readonly capture: Source;
}

interface Turn {
  readonly capture: Source;
  /** Null until it is first needed. */
  known: Promise<Known> | null;
  /** Length of the last request body that it answered. */
  askedBytes: number;
}

/** `then` null: repeat the last capture, unless it calls a tool and the request returns that tool's result. */
export function createTurns(routes: readonly Route[], then: Succession | null): Program {
  const turns = routes.filter(({ path }) => path === null).map(turnOf);
  /** Longest path first, so that it wins. */
  const placed = routes
    .filter(({ path }) => path !== null)
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .map((route) => ({ path: route.path ?? "", turn: turnOf(route) }));
  /** How many captures were served, including repetitions. */
  let served = 0;

  const placedAt = (path: string) => placed.find((route) => isAtOrBelow(path, route.path));

  function current(offset: number): Turn | undefined {
    const at = served + offset;
    return turns[then === "repeat" ? at % turns.length : Math.min(at, turns.length - 1)];
  }

  async function choose(asked: Asked): Promise<Chosen | Refusal> {
    const path = asked.address.pathname;
    const ofPath = placedAt(path);
    if (ofPath !== undefined) return chosen(ofPath.turn, () => {});
    // A client that reconnects resumes the capture that was served last.
    if (isResumed(asked.resumption) && served > 0) return chosen(current(-1) ?? missing(), () => {});
    const turn = current(0);
    if (turn === undefined) return { refusal: `no capture is served at ${path}`, status: NOT_FOUND };
    const isOver = served >= turns.length;
    if (isOver && then === "404") return { refusal: allServed(turns.length), status: NOT_FOUND };
    const number = (served += 1);
    // A capture cannot be handed back once another request has taken the next one.
    const handBack = (): void => {
      if (served === number) served -= 1;
    };
    if (isOver && then === null && (await returnsCall(turn, asked.body))) {
      handBack();
      return {
        refusal: `${allServed(turns.length)}, and the last one calls the tool whose result this request returns`,
        status: BAD_REQUEST,
      };
    }
    turn.askedBytes = asked.body?.length ?? 0;
    return chosen(turn, handBack);
  }

  return {
    isComplete: false,
    isPlaced: (path) => placedAt(path) !== undefined,
    choose,
    async known() {
      const all = await Promise.all([...turns, ...placed.map(({ turn }) => turn)].map(knownOf));
      const next = current(0);
      return {
        models: [...new Set(all.flatMap(({ models }) => models))],
        inputTokens: next === undefined ? (all[0]?.inputTokens ?? null) : (await knownOf(next)).inputTokens,
      };
    },
  };
}

function turnOf({ capture }: Route): Turn {
  return { capture, known: null, askedBytes: 0 };
}

function knownOf(turn: Turn): Promise<Known> {
  return (turn.known ??= readCapture(turn.capture));
}

function chosen(turn: Turn, handBack: () => void): Chosen {
  const { capture } = turn;
  return { capture, isRecordedAnswer: false, contentLength: null, known: () => knownOf(turn), handBack };
}

function missing(): never {
  throw new Error("a replay that has served something has captures");
}

function allServed(count: number): string {
  return count === 1 ? "the capture was served" : `all ${count} captures were served`;
}

/**
 * Whether a request returns the result of the tool that a capture calls: serving it again would make an agent loop
 * forever. The request has the call's id; for clients that send no ids, it is longer than the last one and has results.
 */
async function returnsCall(turn: Turn, body: Buffer | null): Promise<boolean> {
  if (body === null) return false;
  const { openCall, dialect } = await knownOf(turn);
  if (openCall === null) return false;
  const id = openCall.callId ?? openCall.id;
  if (id !== null && body.includes(JSON.stringify(id))) return true;
  const toolResult = traitsNamed(dialect)?.requests?.toolResult;
  return body.length > turn.askedBytes && toolResult?.test(body.toString()) === true;
}

function lengthOf({ path }: Route): number {
  return path?.length ?? 0;
}

/** `/v1beta/models` is above `/v1beta/models/x:streamGenerateContent`, and not above `/v1beta/models-of-mine`. */
function isAtOrBelow(path: string, above: string): boolean {
  return path === above || (path.startsWith(above) && (above.endsWith("/") || /[/:]/.test(path[above.length] ?? "")));
}
