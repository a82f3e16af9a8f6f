// Inspects, records, checks and reports each exchange of a tap.
import { setMaxListeners } from "node:events";
import { type Demands, judge, judgeUnreadable } from "../../check/judge.ts";
import type { CheckExitCode } from "../../model/exit-codes.ts";
import type { Report } from "../../model/report.ts";
import type { Exchange } from "../../tap/exchange.ts";
import { openSession } from "../../tap/session.ts";
import { createLabels } from "../../terminal/labels.ts";
import { type Page, pageOver } from "../../terminal/page.ts";
import { flushUnlessClosed } from "../../terminal/pages.ts";
import { followedToo } from "../../views/follow-all.ts";
import { views } from "../../views/index.ts";
import { type View, watchedBy } from "../../views/view.ts";
import { filteredAsAsked, formatOf } from "../filtered-view.ts";
import type { LiveTable } from "../live-table.ts";
import type { OpenReporters } from "../open-reporters.ts";
import { sharingOf } from "../sharing.ts";
import { readToEnd } from "../../library/result.ts";
import type { TapArguments } from "./arguments.ts";

export interface Follower {
  /** Follows an exchange to its end. Never throws: errors are reported at the end. */
  follow(exchange: Exchange): void;
  /** Resolves when all followed exchanges are read. Throws OutputError if something could not be written. */
  settled(): Promise<void>;
  /** Resolves when the exchanges with ended responses are read. */
  endedAreRead(): Promise<void>;
  /** The exit codes of checked streams. */
  readonly exitCodes: readonly CheckExitCode[];
}

/** Shows nothing, because an exchange is reported when it is over. */
const silent: View = { name: "none", title: "nothing", hasSummary: false, create: () => ({}) };
/** The channels that a view shows of an exchange. */
const SHOWN = { channels: new Set(["text"] as const), source: null, isOneOfMany: true };

/** `page` shows responses as they arrive. Throws UserError; OutputError if nothing can be recorded. */
export async function createFollower(
  options: TapArguments,
  demands: Demands,
  page: Page,
  { reporting, follow, flush }: OpenReporters,
  table: LiveTable,
  interrupt: AbortSignal,
): Promise<Follower> {
  // Every open exchange adds a listener.
  setMaxListeners(0, interrupt);
  const format = formatOf(options);
  const asked = views.find(({ name }) => name === format);
  const view: View = asked === undefined ? silent : filteredAsAsked(asked, options);
  const labels = createLabels(page);
  const open = new Map<Exchange, Promise<void>>();
  const exitCodes: CheckExitCode[] = [];
  let failure: Error | null = null;
  const reading = {
    framing: options.framing ?? null,
    dialect: options.dialect ?? null,
    rules: demands.rules,
    maxEventBytes: options.maxEventSize,
    maxDecodedBytes: options.maxDecodedSize,
    takesAnswers: true,
  };
  // Nothing is written while an exchange is read, so there is nothing to flush.
  const unseen = { view: silent, options: SHOWN, page: pageOver(page, { flush: async () => {} }) };
  const sharing = options.redact === true ? sharingOf(reading, unseen, interrupt) : null;
  const session = options.record === undefined ? null : await openSession(options.record, sharing);

  /** Programs also request other things: expectations about responses do not apply to a list of models. */
  function demandsOn({ verdict, responses }: Report): Demands {
    const isResponse = verdict !== "ended" || responses.length > 0;
    return isResponse ? demands : { ...demands, expectations: [] };
  }

  async function read(exchange: Exchange): Promise<void> {
    const shown = view === silent ? unseen : { view, options: SHOWN, page: labels.next(`#${exchange.number} `) };
    const showing = { ...shown, view: followedToo(watchedBy(table.add(exchange), shown.view), follow) };
    const source = session?.recorded(exchange) ?? exchange.source;
    const { name, reports, error } = await readToEnd(source, reading, showing, interrupt);
    await session?.add(exchange, reports);
    const checked =
      error === null
        ? reports.map((report) => judge(report, demandsOn(report)))
        : [judgeUnreadable(name, error, demands.rules)];
    for (const one of checked) {
      exitCodes.push(one.exitCode);
      reporting.checked(one);
    }
    await flushUnlessClosed(page);
    await flush();
  }

  return {
    follow(exchange) {
      const followed = read(exchange)
        // A full disk must not stop the program's requests.
        .catch((error: unknown) => (failure ??= error instanceof Error ? error : new Error(String(error))))
        .then(() => {
          open.delete(exchange);
          table.remove(exchange);
        });
      open.set(exchange, followed);
    },
    async endedAreRead() {
      await Promise.all([...open].filter(([exchange]) => exchange.isOver()).map(([, followed]) => followed));
    },
    async settled() {
      await Promise.all(open.values());
      if (failure !== null) throw failure;
    },
    exitCodes,
  };
}
