import type { View } from "./view.ts";

/** The input, byte for byte: for the middle of a pipe. */
export const raw: View = {
  name: "raw",
  title: "the bytes unchanged, for the middle of a pipe",
  hasSummary: true,
  create: (page) => ({
    bytes: (bytes) => page.writeBytes(bytes),
    end: () => {
      if (page.isTerminal) page.endLine();
    },
  }),
};
