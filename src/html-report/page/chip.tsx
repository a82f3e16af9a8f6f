// A button that chooses what a list shows.
import { formatCount } from "../../wording/counts.ts";

interface ChipProps {
  readonly name: string;
  /** What its colour goes by. */
  readonly className: string;
  readonly title?: string | undefined;
  /** How much there is of it. */
  readonly count?: number | undefined;
  readonly isOn: boolean;
  readonly choose: () => void;
}

export function Chip({ name, className, title, count, isOn, choose }: ChipProps) {
  return (
    <button type="button" class={`chip ${className}`} title={title} aria-pressed={isOn} onClick={choose}>
      {name}
      {count !== undefined && <span class="count"> {formatCount(count)}</span>}
    </button>
  );
}
