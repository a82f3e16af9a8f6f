// The marks of how well something went.

export const MARKS = { good: "✓", warning: "!", bad: "✗" } as const;
