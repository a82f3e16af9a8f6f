// The marks for good, mediocre and bad results.

export const MARKS = { good: "✓", warning: "!", bad: "✗" } as const;
