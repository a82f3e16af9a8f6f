// The status line on a small model of a terminal: the content of the screen, and the cursor position.
import { PassThrough } from "node:stream";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPages, tell } from "../../src/terminal/pages.ts";

const ESC = "\u001b";
const COLUMNS = 20;
const ROWS = 6;

function textOf(line: readonly string[] | undefined): string {
  return (line ?? []).join("").trimEnd();
}

/** One unit of terminal input: a control sequence, or one character. */
const TOKEN = new RegExp(`${ESC}\\[\\d*[A-Za-z]|[^]`, "gu");
const WIDE = /^[\p{scx=Han}\p{scx=Hangul}\p{scx=Hiragana}\p{scx=Katakana}\p{Emoji_Presentation}\uff01-\uff60]$/u;
const SEQUENCE = new RegExp(`^${ESC}\\[(?<count>\\d*)(?<command>[A-Za-z])$`);

/** Supports the sequences of the status line: text, line ends, up, down, column, erase line, faint and not. */
function createScreen() {
  let rows: string[][] = Array.from({ length: ROWS }, () => []);
  const scrolledOff: string[] = [];
  let [row, column] = [0, 0];

  function lineFeed(): void {
    if (row < ROWS - 1) row += 1;
    else {
      scrolledOff.push(textOf(rows[0]));
      rows = [...rows.slice(1), []];
    }
  }

  function put(character: string): void {
    const width = WIDE.test(character) ? 2 : 1;
    if (column + width > COLUMNS) {
      column = 0;
      lineFeed();
    }
    const line = rows[row] ?? [];
    while (line.length < column) line.push(" ");
    line[column] = character;
    if (width > 1) line[column + 1] = "";
    column += width;
  }

  return {
    write(text: string): void {
      for (const [token] of text.matchAll(TOKEN)) {
        const { count = "", command = "" } = SEQUENCE.exec(token)?.groups ?? {};
        if (token === "\n") {
          column = 0;
          lineFeed();
        } else if (token === "\r") column = 0;
        else if (command === "A") row = Math.max(row - 1, 0);
        else if (command === "B") row = Math.min(row + 1, ROWS - 1);
        else if (command === "G") column = Number(count) - 1;
        else if (command === "K") rows[row] = [];
        else if (command === "") put(token);
        else if (command !== "m") throw new Error(`the terminal does not know ${command}`);
      }
    },
    /** Everything written and not erased, without empty lines at the end. */
    text: () => [...scrolledOff, ...rows.map((line) => textOf(line))].join("\n").trimEnd(),
  };
}

/** The pages of a run whose stdout and stderr are one terminal, or whose stderr alone is one. */
function terminal({ stdoutIsTerminal = true } = {}) {
  const screen = createScreen();
  const asTerminal = () => {
    const stream = new PassThrough({ encoding: "utf8" });
    stream.on("data", (text: string) => screen.write(text));
    return Object.assign(stream, { isTTY: true, columns: COLUMNS, rows: ROWS });
  };
  const stdout = stdoutIsTerminal ? asTerminal() : new PassThrough({ encoding: "utf8" });
  return { screen, stdout, pages: createPages({ stdout, stderr: asTerminal() }) };
}

describe("The status line", () => {
  test("is below the output, follows it, and leaves no trace", async () => {
    const { screen, pages } = terminal();
    pages.status.show("waiting");
    expect(screen.text()).toBe("waiting");
    pages.stdout.write("The ebb");
    await pages.stdout.flush();
    expect(screen.text()).toBe("The ebb\nwaiting");
    pages.status.show("7 characters");
    pages.stdout.write(" runs out");
    await pages.stdout.flush();
    expect(screen.text()).toBe("The ebb runs out\n7 characters");
    pages.status.clear();
    pages.stderr.write("\ndone\n");
    await pages.stderr.flush();
    expect(screen.text()).toBe("The ebb runs out\ndone");
  });

  test("may be several lines, as many as fit", async () => {
    const { screen, pages } = terminal();
    pages.status.show("2 open\n#1 silent\n#2 typing");
    expect(screen.text()).toBe("2 open\n#1 silent\n#2 typing");
    pages.stdout.write("#3 completed\n#4 ");
    await pages.stdout.flush();
    expect(screen.text()).toBe("#3 completed\n#4\n2 open\n#1 silent\n#2 typing");
    pages.status.show(Array.from({ length: 9 }, (_, index) => String(index)).join("\n"));
    pages.status.clear();
    expect(screen.text()).toBe("#3 completed\n#4");
  });

  test("is cut to the width of the terminal, and its control characters are escaped", () => {
    const { screen, pages } = terminal();
    pages.status.show(`${ESC}]0;title\u0007 ${"x".repeat(100)}`);
    expect(screen.text()).toBe("^[]0;title^G xxxxxx");
  });

  test.each([
    "天気を調べる予報を読む関数です",
    "ＷＥＡＴＨＥＲ＿ＦＯＲＥＣＡＳＴ",
    "🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊",
    "\u3164".repeat(9),
    "날씨 예보를 읽는 함수",
  ])("stays on its line if a tool has the name %j", async (name) => {
    const { screen, pages } = terminal();
    pages.stdout.write("first\nsecond\nThe ebb");
    await pages.stdout.flush();
    for (let events = 1; events < 9; events += 1) pages.status.show(`${events} events ${name}`);
    expect(screen.text()).toMatch(/^first\nsecond\nThe ebb\n8 events .+$/);
    pages.status.clear();
    expect(screen.text()).toBe("first\nsecond\nThe ebb");
  });

  test("is on stderr, and not sent with text into a pipe", async () => {
    const { screen, stdout, pages } = terminal({ stdoutIsTerminal: false });
    const piped: string[] = [];
    stdout.on("data", (text: string) => piped.push(text));
    pages.stdout.write("The ebb");
    await pages.stdout.flush();
    pages.status.show("waiting");
    expect(screen.text()).toBe("waiting");
    pages.status.clear();
    expect(screen.text()).toBe("");
    expect(piped).toEqual(["The ebb"]);
  });

  test("is not shown if stderr is not a terminal", () => {
    const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: COLUMNS });
    const pages = createPages({ stdout, stderr: new PassThrough() });
    pages.status.show("waiting");
    expect(stdout.read()).toBeNull();
  });

  test("knows the cursor position after a message within a text", async () => {
    const { screen, pages } = terminal();
    const say = async (text: string) => {
      pages.stdout.write(text);
      await pages.stdout.flush();
    };
    await say("The ebb");
    pages.status.show("7 characters");
    tell("broken", pages);
    tell("again", pages);
    await pages.stderr.flush();
    await say(" runs");
    pages.status.show("12 characters");
    await say(" out");
    pages.status.clear();
    expect(screen.text()).toBe("The ebb\nssescope: broken\nssescope: again\n runs out");
  });

  test("does not change the output, for any text and any number of updates", async () => {
    const text = fc.stringMatching(/^[ -~äß\n漢👋]{0,30}$/u);
    const step = fc.record({
      text,
      status: fc.option(fc.stringMatching(/^[ -~\n漢👋]{0,40}$/u)),
      onStderr: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        const { screen, pages } = terminal();
        const plain = createScreen();
        for (const { text, status, onStderr } of steps) {
          const page = onStderr && pages.stdout.isAtLineStart ? pages.stderr : pages.stdout;
          const written = page === pages.stderr ? `${text}\n` : text;
          page.write(written);
          await page.flush();
          plain.write(written);
          if (status !== null) pages.status.show(status);
        }
        pages.status.clear();
        expect(screen.text()).toBe(plain.text());
      }),
    );
  });
});
