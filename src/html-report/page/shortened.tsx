// A text on one line, cut in the middle if there is no room, because its end distinguishes it from its neighbours.
import { visibleLine } from "../../terminal/visible.ts";

interface ShortenedProps {
  readonly text: string;
  /** How many characters at the end are kept longest. */
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
