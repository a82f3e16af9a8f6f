// Texts with several done events: some servers send each part of a transcript as done, without deltas.
// https://github.com/huggingface/speech-to-speech/pull/442

/** Texts of a response that are remembered, and the characters of one. */
const MOST_TEXTS = 1000;
const MOST_CHARACTERS = 2 ** 16;

export interface DoneTexts {
  /** The addition of a done event to a text that was done before; null if it is the first. */
  added(key: string, text: string): string | null;
  clear(): void;
}

export function createDoneTexts(): DoneTexts {
  const texts = new Map<string, string>();
  return {
    added(key, text) {
      const before = texts.get(key);
      if (text.length <= MOST_CHARACTERS && texts.size < MOST_TEXTS) texts.set(key, text);
      if (before === undefined) return null;
      return text.startsWith(before) ? text.slice(before.length) : text;
    },
    clear: () => texts.clear(),
  };
}
