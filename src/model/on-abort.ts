// What is to happen when a signal is aborted.

/**
 * Calls `callback` once when `signal` is aborted; at once if it is already. Gives what takes the callback away again, which
 * everybody calls: a signal lives for as many sources as there are. The `signal` option of `addEventListener` is not used:
 * Node.js 20 forgets it at a garbage collection, and keeps the callback with all it holds.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}

/** Settles as `work` does, or as soon as `signal` is aborted: with `instead`, or, left out, by rejecting with its reason. */
export function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal, instead?: Result): Promise<Result> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => {
      if (instead !== undefined) resolve(instead);
      else reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    });
    work.then(resolve, reject).finally(forget);
  });
}
