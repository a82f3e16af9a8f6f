// Prints the text as it arrives. If items interleave, one is shown at a time, so that each is readable; the others wait
// until it is done, and no text is lost.
import { isTextDelta, isTextEnd, kindOf, type Fact, type ItemSnapshot, type TextDelta } from "../model/facts.ts";
import type { StretchText } from "../model/stretch.ts";
import { TextBuffer } from "../model/text-buffer.ts";
import { channelOfKind, separators, textKinds, type Channel, type TextKind } from "../model/text-kinds.ts";
import type { Paint } from "../terminal/paint.ts";
import type { Page } from "../terminal/page.ts";
import type { View, ViewListener } from "./view.ts";

export const text: View = {
  name: "text",
  title: "the text as it arrives",
  hasSummary: true,
  create: (page, { channels }) => watch(page, channels),
};

/** Text that is shown without a break: one kind of text of one item. */
interface Block {
  readonly key: string;
  readonly kind: TextKind;
  readonly channel: Channel;
  readonly label: string;
  /** Texts that wait until this block is shown. */
  readonly waiting: WaitingText[];
  lastPart: number | null;
  isDone: boolean;
}

interface WaitingText {
  readonly part: number;
  readonly text: TextBuffer;
}

/** A block that is silent during this many deltas of others is closed: some servers never mark the end of a text. */
const MOST_PASSED_OVER = 32;

const PAINTS: Record<Channel, Paint> = {
  text: "plain",
  reasoning: "dim",
  tools: "dim",
  refusal: "warning",
  code: "dim",
};

function watch(page: Page, channels: ReadonlySet<Channel>): ViewListener {
  // A single channel needs no labels, except calls and code, which need their names.
  const isLabelled = channels.size > 1 || channels.has("tools") || channels.has("code");
  let response = -1;
  let snapshots = new Map<number, ItemSnapshot>();
  /** By kind and item, in the order of their first text. */
  const blocks = new Map<string, Block>();
  let shown: Block | null = null;
  /** Deltas of other blocks since the last delta of the shown block. */
  let passedOver = 0;
  /** A delta may end between the two halves of a surrogate pair; the first half waits for the second. */
  let halfCharacter = "";

  function write(text: string | StretchText, part: number, block: Block): void {
    const utf8 = typeof text === "string" ? null : text.utf8;
    if (utf8 !== null && halfCharacter === "" && block.lastPart === part && PAINTS[block.channel] === "plain") {
      return page.writeUtf8(utf8);
    }
    const isNewPart = block.lastPart !== null && block.lastPart !== part;
    block.lastPart = part;
    const whole = halfCharacter + (isNewPart ? separators[block.kind] : "") + text.toString();
    halfCharacter = /[\ud800-\udbff]$/.exec(whole)?.[0] ?? "";
    page.write(halfCharacter === "" ? whole : whole.slice(0, -1), PAINTS[block.channel]);
  }

  function open(block: Block): void {
    if (!isLabelled) return;
    page.endLine();
    page.writeInline(`[${block.label}]`, "dim");
    page.write(block.channel === "tools" ? " " : "\n");
  }

  function close(block: Block): void {
    if (halfCharacter !== "") page.write(halfCharacter, PAINTS[block.channel]);
    halfCharacter = "";
    if (isLabelled || page.isTerminal) page.endLine();
  }

  /** Shows the text of `events` events like `delta`. */
  function show(delta: TextDelta, text: string | StretchText, events: number): void {
    const kind = kindOf(delta);
    if (!channels.has(channelOfKind[kind])) return;
    const key = `${kind}/${delta.item}`;
    let block = blocks.get(key);
    if (block === undefined) {
      block = newBlock(delta, kind, snapshots.get(delta.item));
      blocks.set(key, block);
      if (shown === null) turnTo(block);
    }
    block.isDone = false;
    if (isShown(block)) {
      write(text, delta.part, block);
      passedOver = 0;
      return;
    }
    wait(text, delta.part, block);
    for (let passed = 0; passed < events && !isShown(block); passed += 1) passOver();
  }

  function wait(text: string | StretchText, part: number, { waiting }: Block): void {
    let last = waiting.at(-1);
    if (last?.part !== part) waiting.push((last = { part, text: new TextBuffer() }));
    if (typeof text === "string") last.text.append(text);
    else last.text.appendStretch(text);
  }

  function isShown(block: Block): boolean {
    return block === shown;
  }

  /** Counts a delta of another block than the shown one. */
  function passOver(): void {
    passedOver += 1;
    if (shown !== null && passedOver > MOST_PASSED_OVER) shown.isDone = true;
    showNext();
  }

  function turnTo(block: Block): void {
    shown = block;
    passedOver = 0;
    open(block);
    for (const { text, part } of block.waiting.splice(0)) write(text.toString(), part, block);
  }

  /** Moves on to waiting blocks while the shown one is done. */
  function showNext(): void {
    while (shown?.isDone && blocks.size > 1) {
      close(shown);
      blocks.delete(shown.key);
      const [next] = blocks.values();
      if (next !== undefined) turnTo(next);
    }
  }

  function finish(kind: TextKind, item: number): void {
    const block = blocks.get(`${kind}/${item}`);
    if (block === undefined) return;
    block.isDone = true;
    showNext();
  }

  function finishAll(): void {
    for (const block of blocks.values()) block.isDone = true;
    showNext();
    if (shown !== null) close(shown);
    blocks.clear();
    shown = null;
  }

  function begin(position: number): void {
    if (position === response) return;
    finishAll();
    response = position;
    snapshots = new Map();
    page.endLine();
  }

  /** Calls without streamed input get a separate line, such as a search with its query. */
  function showDetail({ type, detail }: ItemSnapshot): void {
    if (detail === undefined || !channels.has("tools")) return;
    finishAll();
    page.endLine();
    page.writeInline(`[${type}]`, "dim");
    page.writeInline(` ${detail}`, PAINTS.tools);
    page.write("\n");
  }

  /** Stores names before the texts that they label, even if one event contains both. */
  function learn(fact: Fact): void {
    if ("response" in fact) begin(fact.response);
    if (fact.type === "item-start" || fact.type === "item-end") snapshots.set(fact.item, fact.snapshot);
  }

  function take(fact: Fact): void {
    if (isTextDelta(fact)) return show(fact, fact.text, 1);
    if (isTextEnd(fact)) return finish(kindOf(fact), fact.item);
    if (fact.type === "item-end") {
      for (const kind of textKinds) finish(kind, fact.item);
      showDetail(fact.snapshot);
    } else if (fact.type === "response-end") finishAll();
    else if (fact.type === "data-received" && channels.has("text")) {
      page.endLine();
      page.write(`${fact.data}\n`);
    }
  }

  return {
    read({ facts }) {
      for (const fact of facts) learn(fact);
      for (const fact of facts) take(fact);
    },
    stretch: ({ delta, text, events }) => show(delta, text, events),
    end: finishAll,
  };
}

function newBlock({ item }: TextDelta, kind: TextKind, snapshot: ItemSnapshot | undefined): Block {
  const channel = channelOfKind[kind];
  const name = snapshot?.name ?? snapshot?.type ?? channel;
  const labels: Partial<Record<TextKind, string>> = { "tool-input": name, "tool-output": `${name} output`, code: name };
  return {
    key: `${kind}/${item}`,
    kind,
    channel,
    label: labels[kind] ?? channel,
    waiting: [],
    lastPart: null,
    isDone: false,
  };
}
