// The HTML before and after the data.
import { createHash } from "node:crypto";
import { visibleJson } from "../terminal/visible.ts";
import type { PartName } from "./data.ts";

export interface Assets {
  readonly script: string;
  readonly style: string;
}

/** What differs between the pages. */
export interface DocumentText {
  readonly title: string;
  /** HTML for browsers that do not run the script, which replaces it. */
  readonly fallback: string;
}

const REPORT: DocumentText = {
  title: "ssescope report",
  fallback: "<noscript>This report needs JavaScript. It loads nothing from the network.</noscript>",
};

/**
 * The HTML before the data. The policy allows only the one style sheet and the one script: no request, no frame, no
 * form. The data is not run: https://html.spec.whatwg.org/multipage/scripting.html#data-block
 */
export function documentHead({ script, style }: Assets, { title, fallback }: DocumentText = REPORT): string {
  const policy = [
    "default-src 'none'",
    `script-src ${sourceOf(script)}`,
    `style-src ${sourceOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="ssescope">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<div id="app">${fallback}</div>
`;
}

/** The HTML after the data. */
export function documentEnd({ script }: Assets): string {
  return `<script>${script}</script>\n</body>\n</html>\n`;
}

/**
 * A value in a script element that is not run. Its text cannot end that element or begin a comment in it, and contains
 * no control characters, so the file is safe in an editor or a terminal.
 */
export function dataBlock(part: PartName, json: string): string {
  const text = visibleJson(json).replace(/[<\u2028\u2029]/g, (unit) => ESCAPED[unit] ?? "");
  return `<script type="application/json" data-part="${part}">${text}</script>\n`;
}

const ESCAPED: Readonly<Record<string, string>> = {
  "<": String.raw`\u003c`,
  "\u2028": String.raw`\u2028`,
  "\u2029": String.raw`\u2029`,
};

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function sourceOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}
