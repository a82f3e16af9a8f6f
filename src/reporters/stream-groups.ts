// Shows many streams to people, grouped by cause. Keeps a bounded number of them.
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { mainFindingOf } from "../check/main-finding.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { writeFlow } from "../terminal/flow.ts";
import type { Page } from "../terminal/page.ts";
import { cutStart } from "../terminal/ruler.ts";
import { signOf } from "../views/headline.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { endOf, nameOf } from "./checked-stream.ts";
import { describeBriefly, isFile, linkTo, placeOf } from "./finding-words.ts";
import type { Grouping } from "./human-options.ts";
import { plainLine } from "./plain-line.ts";

const LONGEST_TEXT = 200;
const LONGEST_NAME = 300;
/** Limit for one group, and for the streams with the same message in it. */
const MOST_MESSAGES = 20;
const MOST_PLACES = 10;
/** Further groups are counted together. */
const MOST_GROUPS = 500;
const OTHERS = "others";
const MESSAGE_INDENT = 5;
const PLACE_INDENT = 7;

interface Place {
  readonly name: string;
  readonly link: string | null;
  readonly others: readonly string[];
}

interface Group {
  readonly key: string;
  readonly isFailing: boolean;
  count: number;
  /** By message. */
  readonly messages: Map<string, { count: number; readonly places: Place[] }>;
  /** Streams whose messages are not kept. */
  left: number;
}

export interface StreamGroups {
  readonly isEmpty: boolean;
  add(checked: Checked): void;
  /** Writes the groups: first those that fail, then by number of streams. */
  write(page: Page): void;
}

/** `failOn`: the lowest severity that fails a stream. */
export function createGroups(grouping: Exclude<Grouping, "source">, failOn: Severity): StreamGroups {
  const groups = new Map<string, Group>();

  function groupOf(key: string, isFailing: boolean): Group {
    const id = `${isFailing} ${key}`;
    const known = groups.get(id);
    if (known !== undefined) return known;
    if (groups.size >= MOST_GROUPS && key !== OTHERS) return groupOf(OTHERS, isFailing);
    const group: Group = { key, isFailing, count: 0, messages: new Map(), left: 0 };
    groups.set(id, group);
    return group;
  }

  return {
    get isEmpty() {
      return groups.size === 0;
    },
    add(checked) {
      const finding = mainFindingOf(checked, failOn);
      const rule = finding?.rule ?? endOf(checked);
      const key = grouping === "rule" ? rule : grouping === "verdict" ? endOf(checked) : modelOf(checked);
      const group = groupOf(key, checked.exitCode !== 0);
      group.count += 1;
      const text = finding === null ? "no findings" : describeBriefly(finding);
      const message = cutWithSize(grouping === "rule" ? text : `${rule}: ${text}`, LONGEST_TEXT);
      const known = group.messages.get(message);
      if (known === undefined && group.messages.size >= MOST_MESSAGES) {
        group.left += 1;
        return;
      }
      const { count, places } = known ?? { count: 0, places: [] };
      group.messages.set(message, { count: count + 1, places });
      if (places.length >= MOST_PLACES) return;
      const line = finding?.line ?? null;
      const isOpen = line !== null && isFile(checked.source);
      const name = isOpen ? placeOf(checked.source, { ...finding, line }) : nameOf(checked);
      places.push({
        name: cutWithSize(name, LONGEST_NAME),
        link: linkTo(checked.source, line),
        others: othersOf(checked, finding, failOn),
      });
    },
    write(page) {
      const sorted = [...groups.values()].sort(
        (a, b) => Number(b.isFailing) - Number(a.isFailing) || b.count - a.count,
      );
      for (const [index, group] of sorted.entries()) {
        if (index > 0) page.write("\n");
        writeGroup(page, group);
      }
    },
  };
}

function writeGroup(page: Page, { key, isFailing, count, messages, left }: Group): void {
  const { mark, paint } = isFailing ? signOf(1) : ({ mark: "!", paint: "warning" } as const);
  const heading = [
    { text: `${mark} ${formatCount(count)}`, paint },
    { text: `  ${plainLine(key)}`, paint: "strong" },
  ] as const;
  writeFlow(page, heading, { start: 0, indent: MESSAGE_INDENT });
  for (const [message, { count: streams, places }] of messages) {
    page.write(" ".repeat(MESSAGE_INDENT));
    writeFlow(page, [{ text: plainLine(message) }], { start: MESSAGE_INDENT, indent: MESSAGE_INDENT });
    for (const { name, link, others } of places) {
      page.write(" ".repeat(PLACE_INDENT));
      const also = others.length === 0 ? "" : `  also ${others.join(", ")}`;
      const room = page.columns === null ? Infinity : page.columns - PLACE_INDENT;
      const parts = [
        { text: cutStart(plainLine(name), room, page.ruler), paint: "dim", link },
        { text: also, paint: "dim" },
      ] as const;
      writeFlow(page, parts, { start: PLACE_INDENT, indent: PLACE_INDENT });
    }
    const unnamed = streams - places.length;
    if (unnamed > 0) page.write(`${" ".repeat(PLACE_INDENT)}and ${countOf(unnamed, "more stream")}\n`, "dim");
  }
  if (left > 0) page.write(`${" ".repeat(MESSAGE_INDENT)}and ${countOf(left, "more stream")}\n`, "dim");
}

/** The other rules that fail a stream, besides that of a finding. */
function othersOf({ exitCode, findings }: Checked, shown: Finding | null, failOn: Severity): string[] {
  if (exitCode === 0) return [];
  const failing = findings.filter(({ severity, rule }) => isAsBadAs(severity, failOn) && rule !== shown?.rule);
  return [...new Set(failing.map(({ rule }) => rule))];
}

/** The models of a stream, as one text to group by. */
function modelOf({ report }: Checked): string {
  const models = new Set((report?.responses ?? []).map(({ model }) => model).filter((model) => model !== null));
  return [...models].join(", ") || "model not reported";
}
