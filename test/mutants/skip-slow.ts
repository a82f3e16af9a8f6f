// Leaves out what takes longer than all other tests of its folder together: a mutant that no test notices meets them all.
import { beforeEach } from "vitest";

const SLOW: ReadonlySet<string> = new Set([
  "is no other id's.",
  "is as long as the id.",
  "of one line may be many MiB, in one chunk or in many.",
  "below the limit is read in pieces, and not held.",
]);

beforeEach(({ task, skip }) => {
  if (SLOW.has(task.name)) skip();
});
