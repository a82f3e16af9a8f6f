import type { View } from "./view.ts";

/** The input, byte for byte, for use inside a pipe. */
export const raw: View = {
  name: "raw",
  title: "the bytes unchanged, for use inside a pipe",
  hasSummary: true,
  copy: (page) => (bytes) => page.writeBytes(bytes),
  create: (page) => ({
    report: () => {
      if (page.isTerminal) page.endLine();
    },
  }),
};
