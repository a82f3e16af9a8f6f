// What a command's help says beside its options, as wide as commander writes those.
import type { Command } from "commander";

export interface HelpFormat {
  readonly paragraph: (text: string) => string;
  /** Terms and what they mean, in two columns. */
  readonly list: (items: readonly (readonly [term: string, meaning: string])[]) => string;
}

export function helpFormat(command: Command): HelpFormat {
  const help = command.createHelp();
  return {
    paragraph: (text) => help.boxWrap(text, help.helpWidth ?? Infinity),
    list(items) {
      const width = Math.max(...items.map(([term]) => term.length));
      return items.map(([term, meaning]) => help.formatItem(term, width, meaning, help)).join("\n");
    },
  };
}
