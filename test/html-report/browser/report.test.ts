// The page in headless Chromium, as a user operates it.
import { describe, expect, test } from "vitest";
import { captureFiles } from "../../support/files.ts";
import { answer, completed, created, errorEvent, event, stream, textDelta } from "../../support/stream.ts";
import { hasChromium, useBrowser } from "../support/chromium.ts";
import { openReport } from "../support/open-report.ts";

const TIDES = "fixtures/recorded/tides.sse";
const HANG = "fixtures/recorded/hang-with-comments.sse";
const FAILED = "fixtures/openai-responses/failed.sse";
const FIXTURES = [TIDES, HANG, FAILED, "fixtures/anthropic/cut.sse"];

describe.skipIf(!hasChromium)("the HTML report", () => {
  const browser = useBrowser();

  test("shows the streams by cause, failing ones first, and opens the first one", async () => {
    const { page, problems } = await openReport(browser(), FIXTURES);
    expect(await page.title()).toBe("✗ ssescope: 4 streams, exit 3");
    await expect.poll(() => page.locator(".total strong").innerText()).toBe("3 of 4 streams failing");
    await expect.poll(() => page.locator(".group-title").allInnerTexts()).toEqual(["truncated", "failed", "passed"]);
    await expect.poll(() => page.locator(".group-detail").allInnerTexts()).toEqual(["server_error"]);
    await expect.poll(() => page.locator("h2").innerText()).toBe("hang-with-comments.sse");
    await expect
      .poll(() => page.locator(".headline").innerText())
      .toMatch(/truncated\s+closed by the server, no data for 15\.0 s after event 30 \(line 91\)\s+exit 5/);
    expect(problems).toEqual([]);
  });

  test("filters and searches streams, and changes their grouping", async () => {
    const { page } = await openReport(browser(), FIXTURES);
    const names = page.locator(".stream-name .base");
    await page.click(".chip.passed");
    await expect.poll(() => names.allInnerTexts()).toEqual(["tides.sse"]);
    await page.click(".chip.all");
    await page.fill('[aria-label="Search streams"]', "server_error processing");
    await expect.poll(() => names.allInnerTexts()).toEqual(["failed.sse"]);
    await page.fill('[aria-label="Search streams"]', "nothing like it");
    await expect.poll(() => page.locator(".streams .empty").innerText()).toBe("No stream matches.");
    await page.keyboard.press("Escape");
    await page.selectOption('[aria-label="Group by"]', "rule");
    await expect.poll(() => page.locator(".group-title").allInnerTexts()).toContain("stall");
  });

  test("shows a stream: its figures, its waterfall with silences and marks, its findings, its request", async () => {
    const { page, problems } = await openReport(browser(), [HANG], { hash: "#/0" });
    await expect.poll(() => page.locator(".facts").innerText()).toMatch(/longest gap\s+15\.0 s/);
    await expect.poll(() => page.locator(".silence.stall text").textContent()).toBe("15.0 s of silence");
    expect(await page.locator(".phase").count()).toBeGreaterThan(1);
    await expect.poll(() => page.locator(".milestone text").textContent()).toBe("first token 1.8 s");
    await expect
      .poll(() => page.locator(".lane-names span").allInnerTexts())
      .toEqual(["connection", "events", "message"]);
    await expect.poll(() => page.locator(".findings code").allInnerTexts()).toContain("stall");
    await expect
      .poll(() => page.locator(".request-line").allInnerTexts())
      .toEqual(["POST /v1/responses", "HTTP 200 OK"]);
    await expect.poll(() => page.locator(".exchange").innerText()).toMatch(/authorization\s+REDACTED/);
    await expect.poll(() => page.locator(".table-end").innerText()).toBe("No event for 15.0 s before the end.");
    expect(problems).toEqual([]);
  });

  test("shows the growing text, with the pointer and with the slider", async () => {
    const { page } = await openReport(browser(), [TIDES], { hash: "#/0" });
    const body = page.locator(".text-body");
    const whole = await body.innerText();
    const plot = await page.locator(".plot svg").boundingBox();
    if (plot === null) throw new Error("there is no plot");
    await page.mouse.move(plot.x + plot.width * 0.55, plot.y + 50);
    await expect.poll(() => body.innerText()).not.toBe(whole);
    expect(whole.startsWith(await body.innerText())).toBe(true);
    await page.mouse.move(plot.x, plot.y - 40);
    await expect.poll(() => body.innerText()).toBe(whole);
    await page.locator(".scrub").fill("6");
    expect(await body.innerText()).toBe("At Büsum the");
    expect(await body.locator("mark").innerText()).toBe(" the");
  });

  test("a finding leads to its event, which unfolds to its JSON", async () => {
    const { page } = await openReport(browser(), [HANG], { hash: "#/0" });
    await page.click(".findings li:first-child .link");
    expect(page.url()).toMatch(/#\/0\/30$/);
    await page.waitForSelector(".whole-event");
    await expect.poll(() => page.locator(".whole-event .event-finding").allInnerTexts()).toHaveLength(2);
    await expect.poll(() => page.locator(".payload").innerText()).toContain('"output_index": 0');
    await page.click('.whole-event [aria-pressed="false"]');
    await expect.poll(() => page.locator(".payload pre").innerText()).toMatch(/^\{"type":"response/);
  });

  test("filters and searches events by kind, word and regular expression", async () => {
    const { page } = await openReport(browser(), [TIDES], { hash: "#/0" });
    const count = page.locator(".events-tools h3 .count");
    await page.click(".events .chip.kind-end");
    await expect.poll(() => count.innerText()).toBe("1 of 47");
    await page.click(".events .chip.kind-end");
    await page.fill('[aria-label="Search events"]', "/ebb|flood/");
    await expect.poll(() => page.locator(".event .quote").first().innerText()).toBe('" ebb"');
    await page.fill('[aria-label="Search events"]', "no such thing");
    await expect.poll(() => page.locator(".events .empty").innerText()).toBe("No event matches.");
  });

  test("filters take precedence over the event in the address, until a link is followed again", async () => {
    const { page, problems } = await openReport(browser(), [HANG], { hash: "#/0/30" });
    await page.waitForSelector(".whole-event");
    const count = page.locator(".events-tools h3 .count");
    const search = page.locator('[aria-label="Search events"]');
    await search.focus();
    await page.keyboard.type("quarter");
    await expect.poll(() => search.inputValue()).toBe("quarter");
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("Search events");
    await expect.poll(() => count.innerText()).toMatch(/^\d of 33$/);
    await page.keyboard.press("Escape");
    await expect.poll(() => count.innerText()).toBe("33");
    await page.click(".events .chip.kind-comment");
    await expect.poll(() => count.innerText()).toBe("2 of 33");
    await page.click(".findings li:first-child .link");
    await expect.poll(() => count.innerText()).toBe("33");
    await expect.poll(() => page.locator(".event.active .index").innerText()).toBe("30");
    await page.click(".events .chip.kind-comment");
    await page.evaluate("location.hash = '#/0/3'");
    await expect.poll(() => page.locator(".event.active .index").innerText()).toBe("3");
    expect(await count.innerText()).toBe("33");
    expect(problems).toEqual([]);
  });

  test("reports an invalid pattern", async () => {
    const { page } = await openReport(browser(), [TIDES], { hash: "#/0" });
    await page.fill('[aria-label="Search events"]', "/(/");
    await expect.poll(() => page.locator(".pattern-note").innerText()).toContain("Invalid pattern");
    await page.fill('[aria-label="Search events"]', "/(ebb)/");
    await expect.poll(() => page.locator(".pattern-note").count()).toBe(0);
  });

  test.each([1440, 1024, 400])("keeps each row of the list within the pane, at %i pixels", async (width) => {
    const { page } = await openReport(browser(), ["fixtures/har/chrome.har", "fixtures/har/web-socket-closed.har"], {
      width,
    });
    await expect.poll(() => page.locator(".stream-place").count()).toBe(3);
    const spilling = `[...document.querySelectorAll(".stream-row")].filter((row) => {
      const name = row.querySelector(".stream-name").getBoundingClientRect();
      const figures = row.querySelector(".stream-figures").getBoundingClientRect();
      const right = row.getBoundingClientRect().right;
      const parts = [...row.querySelectorAll("span")].map((part) => part.getBoundingClientRect());
      const names = [...row.querySelectorAll(".stream-name span")].map((part) => part.getBoundingClientRect());
      return name.right > figures.left || parts.some((part) => part.right > right) ||
        names.some((part) => part.right > name.right + 1);
    }).length`;
    expect(await page.evaluate(spilling)).toBe(0);
  });

  test("can be used with only the keyboard", async () => {
    const { page, problems } = await openReport(browser(), FIXTURES);
    await page.keyboard.press("/");
    await page.keyboard.type("tides");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("h2").innerText()).toBe("tides.sse");
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("Events");
    const activeRow = () => page.locator(".event.active .index").innerText();
    for (const key of ["j", "j", "k", "j"]) await page.keyboard.press(key);
    await expect.poll(() => activeRow()).toBe("2");
    expect(
      await page.evaluate("getComputedStyle(document.querySelector('.event.active .event-line')).boxShadow"),
    ).not.toBe("none");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".whole-event").count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".whole-event").count()).toBe(0);
    await page.keyboard.press("End");
    await expect.poll(() => activeRow()).toBe("46");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("Streams");
    await page.keyboard.press("?");
    await expect.poll(() => page.locator("dialog h2").innerText()).toBe("Keys");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("n and p go to the events with findings", async () => {
    const { page } = await openReport(browser(), [HANG], { hash: "#/0/3" });
    await page.waitForSelector(".whole-event");
    await page.keyboard.press("n");
    await expect.poll(() => page.locator(".event.active .index").innerText()).toBe("30");
  });

  test("n and p work on a newly opened page", async () => {
    const { page } = await openReport(browser(), [HANG]);
    await page.waitForSelector(".event");
    expect(await page.evaluate("document.activeElement === document.body")).toBe(true);
    await page.keyboard.press("n");
    await expect.poll(() => page.locator(".event.active .index").innerText()).toBe("30");
  });

  test("is light or dark like the system, until the user chooses", async () => {
    const { page, problems } = await openReport(browser(), [TIDES], { colorScheme: "dark" });
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const dark = await background();
    await page.keyboard.press("t");
    await expect.poll(() => background()).not.toBe(dark);
    await page.reload();
    await page.waitForSelector(".page");
    await expect.poll(() => background()).not.toBe(dark);
    await page.click('[aria-label="Switch between light and dark"]');
    await expect.poll(() => background()).toBe(dark);
    expect(problems).toEqual([]);
  });

  test("on a narrow page only the list or the stream is shown, and nothing is wider than the page", async () => {
    const { page } = await openReport(browser(), FIXTURES, { width: 400 });
    const isTooWide = () => page.evaluate("document.documentElement.scrollWidth > innerWidth");
    await expect.poll(() => page.locator("h2").count()).toBe(0);
    await expect.poll(() => isTooWide()).toBe(false);
    await page.click(".stream-row");
    await expect.poll(() => page.locator(".streams").isVisible()).toBe(false);
    await expect.poll(() => page.locator("h2").isVisible()).toBe(true);
    await expect.poll(() => isTooWide()).toBe(false);
    await page.click(".back");
    await expect.poll(() => page.locator(".streams").isVisible()).toBe(true);
  });

  test("prints the list and the open stream, without screen-only controls", async () => {
    const { page } = await openReport(browser(), [TIDES, HANG], { hash: "#/1" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => page.locator(".streams-tools").isVisible()).toBe(false);
    await expect.poll(() => page.locator(".event").count()).toBe(33);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
  });

  test("holds 50,000 events, with only the visible ones in the document", async () => {
    const text = stream(
      created(),
      ...Array.from({ length: 50_000 }, (_, index) => textDelta(`w${index} `)),
      completed(),
    );
    const [path = ""] = captureFiles({ "long.sse": text });
    const { page, problems } = await openReport(browser(), [path], { hash: "#/0" });
    await expect.poll(() => page.locator(".events-tools h3 .count").innerText()).toBe("50,002");
    const count = () => page.locator(".event").count();
    await expect.poll(() => count()).toBeLessThan(100);
    await page.locator('[aria-label="Events"]').focus();
    await page.keyboard.press("End");
    await expect.poll(() => page.locator(".event.active .index").innerText()).toBe("50,001".replace(",", ""));
    await expect.poll(() => count()).toBeLessThan(100);
    for (let step = 0; step < 20; step++) await page.mouse.wheel(0, -4000);
    await expect.poll(() => count()).toBeLessThan(100);
    expect(problems).toEqual([]);
  });

  test("holds 2,000 streams the same way", async () => {
    const text = event({ type: "response.created", response: { id: "r", status: "in_progress" } });
    const [path = ""] = captureFiles({ "cut.sse": text });
    const [list = ""] = captureFiles({ "list.txt": `${path}\n`.repeat(2000) });
    const { page } = await openReport(browser(), ["--sources-from", list]);
    await expect.poll(() => page.locator(".total strong").innerText()).toBe("2,000 of 2,000 streams failing");
    await expect.poll(() => page.locator(".stream-row").count()).toBeLessThan(60);
  });

  test("shows a source that could not be read, and a stream that failed", async () => {
    const [path = ""] = captureFiles({ "error.sse": stream(created(), errorEvent("quota", "no more"), completed()) });
    const { page, problems } = await openReport(browser(), [
      "no-such-file.sse",
      path,
      ...captureFiles({ "fine.sse": answer("hey") }),
    ]);
    await expect.poll(() => page.locator(".group-title").allInnerTexts()).toContain("unreadable");
    await page.locator(".stream-row", { hasText: "no-such-file" }).click();
    await expect.poll(() => page.locator("h2").innerText()).toBe("no-such-file.sse");
    expect(problems).toEqual([]);
  });
});
