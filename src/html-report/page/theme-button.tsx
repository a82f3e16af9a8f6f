// Switches the page between light and dark.
import { toggleTheme } from "./theme.ts";

export function ThemeButton() {
  return (
    <button
      type="button"
      class="icon"
      title="Light or dark (t)"
      aria-label="Switch between light and dark"
      onClick={toggleTheme}
    >
      ◐
    </button>
  );
}
