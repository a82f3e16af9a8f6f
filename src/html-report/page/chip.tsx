// A button that selects what a list shows.
import { formatCount } from "../../wording/counts.ts";

interface ChipProps {
  readonly name: string;
  /** The class that determines its colour. */
  readonly className: string;
  readonly title?: string | undefined;
  /** The number of entries. */
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
