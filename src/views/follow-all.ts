// Several that follow one stream, as one.
import { callInTurn } from "../model/call-in-turn.ts";
import { takesStretches, type View, type ViewListener } from "./view.ts";

/** A view that shows what it did, and lets another one follow each stream too; null: nobody else does. */
export function followedToo(view: View, follow: (() => ViewListener) | null): View {
  if (follow === null) return view;
  return { ...view, create: (page, options) => followAll([view.create(page, options), follow()]) };
}

/** Calls them in the order of the list. Takes stretches only if all of them do. */
export function followAll(listeners: readonly ViewListener[]): ViewListener {
  const { stretch, ...called } = callInTurn(listeners);
  return {
    ...called,
    ...(listeners.every(takesStretches) && { stretch }),
    finding(finding) {
      for (const listener of listeners) listener.finding?.(finding);
    },
    report(report) {
      for (const listener of listeners) listener.report?.(report);
    },
  };
}
