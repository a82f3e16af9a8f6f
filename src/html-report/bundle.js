// Bundles page/, the page of the HTML report, into one script and one style sheet; a plugin for rolldown, which builds
// the program, and for vitest, which runs the sources.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "rolldown";

/** The module that the reporter imports; `assets.d.ts` declares its content. */
const NAME = "ssescope:html-report-assets";
const RESOLVED = `\0${NAME}`;

const FOLDER = new URL("./page/", import.meta.url);
/** Later ones come after earlier ones. */
const STYLES = ["style.css", "statistics/statistics.css"];

/** Returns both as text. The script needs no further files. */
async function buildAssets() {
  const [{ output }, styles] = await Promise.all([
    build({
      input: fileURLToPath(new URL("main.tsx", FOLDER)),
      platform: "browser",
      tsconfig: fileURLToPath(new URL("tsconfig.json", FOLDER)),
      write: false,
      logLevel: "warn",
      output: { format: "iife", minify: true, codeSplitting: false, comments: false },
    }),
    Promise.all(STYLES.map((name) => readFile(new URL(name, FOLDER), "utf8"))),
  ]);
  return { script: output[0].code, style: withoutComments(styles.join("\n")) };
}

/** @param {string} css */
function withoutComments(css) {
  return css.replace(/\/\*[^*]*\*\//g, "").replace(/\n\s*/g, "\n");
}

/**
 * Compressed, as Base64: half the size in the installed package.
 * @param {string} text
 */
function pack(text) {
  return brotliCompressSync(text).toString("base64");
}

/**
 * A plugin for rolldown and vite.
 * @returns {{ name: string, resolveId(id: string): string | null, load(id: string): Promise<string | null> }}
 */
export function htmlReportAssets() {
  return {
    name: "html-report-assets",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      const { script, style } = await buildAssets();
      return `import { brotliDecompressSync } from "node:zlib";
const unpack = (text) => brotliDecompressSync(Buffer.from(text, "base64")).toString();
export const script = unpack("${pack(script)}");
export const style = unpack("${pack(style)}");
`;
    },
  };
}
