/** Pairs the things at equal positions; null if one list is shorter. */
export function pairs<Thing>(a: readonly Thing[], b: readonly Thing[]): (readonly [Thing | null, Thing | null])[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => [a[index] ?? null, b[index] ?? null]);
}
