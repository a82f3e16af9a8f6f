// A text on one line that is cut in its middle where there is no room: its end tells it from its neighbours.
import { visibleLine } from "../../terminal/visible.ts";

interface ShortenedProps {
  readonly text: string;
  /** How many characters of its end stay longest. */
  readonly tail: number;
}

export function Shortened({ text, tail }: ShortenedProps) {
  return (
    <>
      {text.length > tail && <span class="cut-start">{visibleLine(text.slice(0, -tail))}</span>}
      <span class="cut-end">{visibleLine(text.slice(-tail))}</span>
    </>
  );
}
