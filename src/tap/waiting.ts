// A queue: one side adds values as they arrive, the other takes them when it is ready.

export interface Waiting<Value> {
  add(value: Value): void;
  /** No more values follow; `error`: the reader fails with it, unless it is null. */
  end(error: Error | null): void;
  values(): AsyncGenerator<Value>;
  /** Whether `values` was called and read. */
  readonly isRead: boolean;
}

export function createWaiting<Value>(): Waiting<Value> {
  let queue: Value[] = [];
  let isOver = false;
  let failure: Error | null = null;
  let isRead = false;
  let wake: (() => void) | null = null;

  return {
    add(value) {
      queue.push(value);
      wake?.();
    },
    end(error) {
      isOver = true;
      failure = error;
      wake?.();
    },
    get isRead() {
      return isRead;
    },
    async *values() {
      isRead = true;
      for (;;) {
        const changed = new Promise<void>((resolve) => (wake = resolve));
        const taken = queue;
        queue = [];
        for (const value of taken) yield value;
        // More may have arrived meanwhile.
        if (queue.length > 0) continue;
        if (isOver) break;
        await changed;
      }
      if (failure !== null) throw failure;
    },
  };
}
