// Measures the cost of reading in bytes, not in seconds: each byte searched, copied, decoded or allocated counts as
// one.

/** How many bytes one call read or wrote. */
type Cost = (result: unknown, self: unknown, values: readonly unknown[]) => number;

interface Metered {
  readonly owner: object;
  readonly name: string;
  readonly cost: Cost;
}

/** The methods that work on bytes. A missing one would go unnoticed, so tests also require a minimum cost. */
const METERED: readonly Metered[] = [
  { owner: Buffer.prototype, name: "indexOf", cost: costOfSearch },
  { owner: Buffer.prototype, name: "findIndex", cost: costOfSearch },
  { owner: Buffer.prototype, name: "copy", cost: asNumber },
  { owner: Buffer.prototype, name: "set", cost: (_result, _self, [source]) => lengthOf(source) },
  { owner: Buffer.prototype, name: "toString", cost: lengthOf },
  { owner: Buffer, name: "allocUnsafeSlow", cost: lengthOf },
  { owner: Buffer, name: "alloc", cost: lengthOf },
  { owner: Buffer, name: "concat", cost: lengthOf },
];

/** Runs `work` and returns the number of bytes that it searched, copied, decoded or allocated. */
export function countBytesOfWork(work: () => void): number {
  let total = 0;
  const removals = METERED.map((metered) =>
    install(metered, (bytes) => {
      total += bytes;
    }),
  );
  try {
    work();
  } finally {
    for (const remove of removals) remove();
  }
  return total;
}

/** Meters one method; returns a function that restores it. */
function install({ owner, name, cost }: Metered, charge: (bytes: number) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const method: unknown = Reflect.get(owner, name);
  if (typeof method !== "function") throw new TypeError(`${name} is not a method`);
  const value = new Proxy(method, {
    apply(target, self: unknown, values: unknown[]): unknown {
      const result: unknown = Reflect.apply(target, self, values);
      charge(cost(result, self, values));
      return result;
    },
  });
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, own);
  };
}

/** From the start of the search to the match, or to the end. */
function costOfSearch(result: unknown, self: unknown, [, from]: readonly unknown[]): number {
  const found = asNumber(result);
  return (found === -1 ? lengthOf(self) : found + 1) - asNumber(from);
}

function asNumber(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function lengthOf(value: unknown): number {
  return typeof value === "string" || value instanceof Uint8Array ? value.length : 0;
}
