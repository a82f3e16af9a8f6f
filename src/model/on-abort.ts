// Runs code when a signal is aborted.

/**
 * Calls `callback` once when `signal` is aborted, or at once if it already is. Returns a function that removes the
 * callback; every caller must call it, because a signal outlives its sources. The `signal` option of `addEventListener`
 * is not used: Node.js 20 loses it at a garbage collection, and keeps the callback with everything it references.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}

/**
 * Settles like `work`, or as soon as `signal` is aborted: resolves to `instead` or, if left out, rejects with the
 * signal's reason.
 */
export function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal, instead?: Result): Promise<Result> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => {
      if (instead !== undefined) resolve(instead);
      else reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    });
    work.then(resolve, reject).finally(forget);
  });
}
