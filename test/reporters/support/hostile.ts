// Hostile text that a stream, or a file name, may pass to readers of the findings.
import type { Checked } from "../../../src/check/checked.ts";
import { everyAttack } from "../../support/control-characters.ts";
import { checkedOf, findingOf } from "./checked.ts";

/** Text disguised as something else, by its disguise. */
export const disguises: Readonly<Record<string, string>> = {
  "a terminal's commands": everyAttack,
  "a line with a workflow command": "text\n::error title=forged::owned\r\n::add-mask::a",
  "a workflow command, escaped as the runner has it": "text%0A::error::owned%0D%0A::stop-commands::x",
  "a workflow command anywhere in a line": "see ##[add-mask]a and ##vso[task.setvariable variable=x]y ##teamcity[z]",
  "the end of what it stands in": "]]></system-out></testcase>\"'--> <!-- &amp; &#0;",
  "a cell, a column, a row": "a | b | c\n| d | e |",
  "Markdown and HTML":
    "<script>alert(1)</script> <img src=x onerror=y> </details> **b** `c` [d](https://e.example) ![f](g)",
  "a link": "https://evil.example www.evil.example mail@evil.example @everyone #1 :tada: $x^2$",
  "no character at all": "\u0000 \ud800 \udc00x \ufffe \uffff",
  "a placeholder of a message": "{0} {{1}} [a](1)",
};

/** All of them in one text. */
export const everyDisguise = Object.values(disguises).join(" ");

/** A stream with the text in every place that a stream has. */
export function hostileStream(text: string): Checked {
  const said = { message: text, expected: text, seen: `${text}!` };
  const findings = (["error", "warning", "info"] as const).map((severity) =>
    findingOf({ ...said, severity, rule: `${severity}-rule` }),
  );
  return checkedOf(findings, { source: text, stream: { name: text, line: 12, skippedLines: 3 }, checkCode: 1 });
}
