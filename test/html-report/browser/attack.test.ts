// Any text of a stream, its source or its headers is shown as text in the report, and does nothing else.
import { describe, expect, test } from "vitest";
import { captureFiles } from "../../support/files.ts";
import {
  completed,
  created,
  event,
  failed,
  functionCall,
  itemAdded,
  itemDone,
  message,
  ofMessage,
  saying,
  stream,
  textDelta,
} from "../../support/stream.ts";
import { hasChromium, useBrowser } from "../support/chromium.ts";
import { openReport } from "../support/open-report.ts";

/** Texts that run in a page, or end an element, a string or a line, or are names of the language. */
const ATTACKS = [
  '</script><script>globalThis.owned = 1</script><img src=x onerror="globalThis.owned = 1">',
  "<!--<script>",
  "]]></style><svg onload=globalThis.owned=1>",
  "\u2028globalThis.owned = 1\u2029",
  "\u001b[31m\u001b]8;;https://evil.example\u0007red\u202e\u0000",
  "javascript:globalThis.owned=1",
  "__proto__",
  "constructor",
  "${globalThis.owned = 1}{{owned = 1}}<%= owned %>",
  '" onmouseover="globalThis.owned = 1" x="',
  "\ud800",
  "https://evil.example/pixel.png",
];
const ALL = ATTACKS.join(" ");

/** A stream with the text in every place that it can fill. */
function attackedStream(text: string): string {
  const id = `call_${text}`;
  const call = { ...functionCall(text), id, call_id: text };
  return [
    `: ${text.replaceAll(/[\n\r]/g, " ")}\n\n`,
    stream(
      created({ id: text, model: text, service_tier: text }),
      itemAdded(0, { ...message, id: text, status: text }),
      ofMessage(textDelta(text)),
      itemDone(0, saying(text)),
      itemAdded(1, call),
      { type: "response.function_call_arguments.delta", output_index: 1, item_id: id, delta: text },
      itemDone(1, { ...call, arguments: text }),
      { type: text, [text]: text, nested: { [text]: [text] } },
    ),
    `${text.replaceAll(/[\n\r]/g, " ")}\n\n`,
    `event: ${text.replaceAll(/[\n\r]/g, " ")}\ndata: ${text.replaceAll(/[\n\r]/g, " ")}\n\n`,
    event(failed({ code: text, message: text, type: text })),
  ].join("");
}

/** The same text in every field of a recorded request. */
function attackedArchive(text: string): string {
  const headers = [
    { name: "x-text", value: text },
    { name: text, value: text },
    { name: "content-type", value: `text/event-stream; x=${text}` },
  ];
  const request = { method: text, url: `https://api.example/v1/responses?${text}`, headers };
  const content = { mimeType: "text/event-stream", text: stream(created({ model: text }), completed()) };
  const response = { status: 200, statusText: text, headers, content };
  const entry = { startedDateTime: "2026-01-01T00:00:00Z", time: 1, request, response };
  return JSON.stringify({ log: { version: "1.2", entries: [entry] } });
}

describe.skipIf(!hasChromium)("an attack in every field", () => {
  const browser = useBrowser();

  test("has no effect", async () => {
    const paths = captureFiles({
      ...Object.fromEntries(ATTACKS.map((attack, index) => [`${index}.sse`, attackedStream(attack)])),
      ...Object.fromEntries(ATTACKS.map((attack, index) => [`${index}.har`, attackedArchive(attack)])),
      "<img src=x onerror=globalThis.owned=1>.sse": "<html>",
    });
    const missing = ATTACKS.map((attack) => `missing ${attack.replaceAll("\u0000", "")}`);
    const { page, problems } = await openReport(browser(), ["--expect", "model~=/never/", ...paths, ...missing]);
    const streams = await page.locator('script[data-part="stream"]').count();
    expect(streams).toBe(paths.length + missing.length);
    for (let index = 0; index < streams; index++) {
      await page.evaluate(`location.hash = "#/${index}"`);
      // Show everything: unfold every event, every payload as a tree.
      await page.waitForSelector(`.stream-row.open`);
      await page.evaluate("document.querySelectorAll('.event-line[role]').forEach((row) => row.click())");
    }
    expect(await page.evaluate("[globalThis.owned, Object.prototype.owned, ({}).nested]")).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    // Nothing may load, link or run, except the one script and the data.
    const active =
      "img, a, iframe, object, embed, form, base, link, [onerror], [onload], [onmouseover], [style*=url], [src]";
    expect(await page.locator(active).count()).toBe(0);
    expect(await page.locator("script:not([data-part])").count()).toBe(1);
    expect(problems).toEqual([]);
  });

  test("is shown as text, including control characters", async () => {
    const [path = ""] = captureFiles({ "attack.sse": attackedStream(ALL) });
    const { page } = await openReport(browser(), [path]);
    const text = await page.locator(".text-body").first().innerText();
    expect(text).toContain('</script><script>globalThis.owned = 1</script><img src=x onerror="globalThis.owned = 1">');
    expect(text).toContain("^[[31m");
    expect(text).toContain(String.raw`red\u202e^@`);
    expect(text).toContain("__proto__ constructor ${globalThis.owned = 1}{{owned = 1}}");
    const shown = String(await page.evaluate("document.getElementById('app').textContent"));
    // oxlint-disable-next-line no-control-regex -- none of them may occur
    expect(shown).not.toMatch(/[\u0000\u001b\u0007\u202e]/);
  });

  test("and an injected script would not run, because the policy allows only the known one", async () => {
    const { page, problems } = await openReport(
      browser(),
      captureFiles({ "fine.sse": stream(created(), completed()) }),
    );
    await page.evaluate(`
      const script = document.createElement("script");
      script.textContent = "globalThis.owned = 1";
      document.body.append(script);
      const image = new Image();
      image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
      const place = document.createElement("div");
      place.innerHTML = "<b onclick='globalThis.owned = 1'>x</b>";
      place.firstChild.click();
    `);
    expect(await page.evaluate("globalThis.owned")).toBe(undefined);
    const refused = await page.evaluate("fetch('https://example.com/').then(() => false, () => true)");
    expect(refused).toBe(true);
    expect(problems.filter((problem) => problem.startsWith("console"))).not.toEqual([]);
    expect(problems.filter((problem) => problem.startsWith("request") && !problem.includes("data:"))).toEqual([]);
  });
});
