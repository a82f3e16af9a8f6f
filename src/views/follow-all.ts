// Combines several listeners of one stream into one.
import { callInTurn } from "../model/call-in-turn.ts";
import { takesStretches, type View, type ViewListener } from "./view.ts";

/** A view with an additional listener for each stream; null: no listener. */
export function followedToo(view: View, follow: (() => ViewListener) | null): View {
  if (follow === null) return view;
  return { ...view, create: (page, options) => followAll([view.create(page, options), follow()]) };
}

/** Calls the listeners in list order. Takes stretches only if all of them do. */
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
