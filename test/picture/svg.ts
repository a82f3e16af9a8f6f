// What a terminal shows, as an SVG: lines of text with the escape sequences of colours in, the picture out.
import stringWidth from "string-width";

/** The colours of a terminal; `foreground` by the number of the sequence that sets it. */
interface Theme {
  readonly background: string;
  readonly text: string;
  readonly dim: string;
  readonly foreground: Readonly<Record<string, string>>;
}

/** Contrast of at least 4.5 to the background: https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const themes = {
  light: {
    background: "#ffffff",
    text: "#1f2328",
    dim: "#59636e",
    foreground: { "31": "#cf222e", "32": "#116329", "33": "#7d4e00", "34": "#0550ae", "36": "#1b7c83" },
  },
  dark: {
    background: "#0d1117",
    text: "#e6edf3",
    dim: "#9198a1",
    foreground: { "31": "#ff7b72", "32": "#3fb950", "33": "#d29922", "34": "#58a6ff", "36": "#39c5cf" },
  },
} as const satisfies Readonly<Record<string, Theme>>;

const FONT_SIZE = 14;
const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 20;
const MARGIN = 20;

/** Sets the style of what follows: `ESC [ 31 m`. https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
// oxlint-disable-next-line no-control-regex -- it begins with ESC
const STYLE = /\u001B\[(\d+)m/;

/**
 * Draws lines that a terminal of `columns` shows. Throws for a style that no theme has.
 */
export function drawTerminal(lines: readonly string[], columns: number, theme: Theme): string {
  const width = Math.ceil(columns * CHARACTER_WIDTH) + 2 * MARGIN;
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const state = { fill: theme.text, weight: "normal" };
  const rows = lines.map((line, index) => drawLine(line, MARGIN + (index + 0.75) * LINE_HEIGHT, theme, state));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}">
<rect width="100%" height="100%" rx="8" fill="${theme.background}" stroke="${theme.dim}" stroke-opacity="0.4"/>
${rows.filter((row) => row !== "").join("\n")}
</svg>
`;
}

function drawLine(line: string, y: number, theme: Theme, state: { fill: string; weight: string }): string {
  let column = 0;
  const pieces = line.split(STYLE).map((piece, index) => {
    if (index % 2 === 1) {
      applyStyle(piece, theme, state);
      return "";
    }
    const start = column;
    column += stringWidth(piece);
    if (piece.trim() === "") return "";
    const x = MARGIN + start * CHARACTER_WIDTH;
    const length = (column - start) * CHARACTER_WIDTH;
    const weight = state.weight === "normal" ? "" : ` font-weight="${state.weight}"`;
    return `<text x="${round(x)}" y="${y}" textLength="${round(length)}" fill="${state.fill}"${weight} xml:space="preserve">${escapeXml(piece)}</text>`;
  });
  return pieces.filter((piece) => piece !== "").join("\n");
}

function applyStyle(code: string, theme: Theme, state: { fill: string; weight: string }): void {
  if (code === "0" || code === "39") state.fill = theme.text;
  else if (code === "1") state.weight = "bold";
  else if (code === "2") state.fill = theme.dim;
  else if (code === "22") Object.assign(state, { fill: theme.text, weight: "normal" });
  else {
    const fill = theme.foreground[code];
    if (fill === undefined) throw new Error(`the picture has no colour for the style ${code}`);
    state.fill = fill;
  }
}

function round(length: number): string {
  return String(Math.round(length * 10) / 10);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
