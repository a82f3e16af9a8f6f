// Rows in, groups of responses out.
import type { Row } from "../rows/columns.ts";
import { UNREADABLE } from "../model/verdict.ts";
import { addMissing, type Form, type MissingKey } from "./form.ts";
import { addRow, createGroup, type Group, mergeGroup } from "./group.ts";
import type { GroupKey } from "./group-key.ts";
import { MOST_GROUPS } from "./limits.ts";
import { type SourceWithoutStream, together, type WithoutStream } from "./without-stream.ts";
import { cut } from "../wording/cut.ts";

export interface Collection {
  readonly keys: readonly GroupKey[];
  /** `report`: a report, a record of check, or null if only its rows are known, as `form` says. */
  add(rows: readonly Row[], report: object | null, form?: Form): void;
  /** Adds another collection with the same keys. */
  merge(other: Collection): void;
  /** In order of appearance; the group of the rest is last. */
  groups(): readonly Group[];
  /** All responses together. */
  readonly all: Group;
  /** Sources that are not streams, or could not be read. An HTTP response is a result, whatever it is. */
  readonly withoutStream: WithoutStream;
  /** Streams that Ctrl-C or another signal cut. They are in no group: nobody knows how they would have ended. */
  readonly cutShort: number;
  /** Keys that some output written earlier does not have. */
  readonly missingKeys: readonly MissingKey[];
  /** Whether all sources were unreadable or empty. */
  readonly isEmpty: boolean;
  /** Whether there is no result but that of sources without a stream; true without any result. */
  readonly hasNoStreams: boolean;
}

const LONGEST_NAME = 1000;
const LONGEST_REASON = 200;

export function createCollection(keys: readonly GroupKey[], mostGroups = MOST_GROUPS): Collection {
  const groups = new Map<string, Group>();
  const all = createGroup([], false);
  let rest: Group | null = null;
  let withContent = 0;
  let withoutStream: WithoutStream = { count: 0, examples: [] };
  let cutShort = 0;
  let missingKeys: readonly MissingKey[] = [];

  function groupOf(values: readonly (string | null)[]): Group {
    const name = JSON.stringify(values);
    const known = groups.get(name);
    if (known !== undefined) return known;
    if (groups.size >= mostGroups) {
      return (rest ??= createGroup(
        keys.map(() => null),
        true,
      ));
    }
    const group = createGroup(values, false);
    groups.set(name, group);
    return group;
  }

  return {
    keys,
    add(rows, report, form = "report") {
      const missing = keys.filter(({ forms }) => !forms.has(form));
      missingKeys = addMissing(
        missingKeys,
        missing.map(({ name, forms }) => ({ key: name, streams: 1, isInRows: forms.has("row") })),
      );
      for (const row of rows) {
        if (row.ended_by === "signal") {
          if (row.response_index === 0) cutShort += 1;
          continue;
        }
        addRow(all, row);
        addRow(groupOf(keys.map(({ read }) => read(row, report))), row);
        if (hasContent(row)) withContent += 1;
        if (hasNoStream(row)) withoutStream = together(withoutStream, { count: 1, examples: [exampleOf(row)] });
      }
    },
    merge(other) {
      mergeGroup(all, other.all);
      for (const group of other.groups()) {
        const own = group.isRest
          ? (rest ??= createGroup(
              keys.map(() => null),
              true,
            ))
          : groupOf(group.values);
        mergeGroup(own, group);
      }
      if (!other.isEmpty) withContent += 1;
      withoutStream = together(withoutStream, other.withoutStream);
      cutShort += other.cutShort;
      missingKeys = addMissing(missingKeys, other.missingKeys);
    },
    groups: () => [...groups.values(), ...(rest === null ? [] : [rest])],
    all,
    get withoutStream() {
      return withoutStream;
    },
    get cutShort() {
      return cutShort;
    },
    get missingKeys() {
      return missingKeys;
    },
    get isEmpty() {
      return withContent === 0;
    },
    get hasNoStreams() {
      return all.rows === withoutStream.count;
    },
  };
}

/** False for an unreadable source and an empty file. An HTTP response without a body is a result. */
function hasContent(row: Row): boolean {
  if (row.verdict === UNREADABLE) return false;
  return row.verdict !== "not-a-stream" || row.bytes !== 0 || isHttpResponse(row);
}

function hasNoStream(row: Row): boolean {
  return row.verdict === UNREADABLE || (row.verdict === "not-a-stream" && !isHttpResponse(row));
}

/** Records of check have no HTTP status, but the request. */
function isHttpResponse({ http_status: httpStatus, request_method: method }: Row): boolean {
  return httpStatus !== null || method !== null;
}

function exampleOf({ source, verdict, error_message: message }: Row): SourceWithoutStream {
  const reason = verdict === UNREADABLE && message !== null ? reasonIn(message, source) : message;
  return { source: cut(source, LONGEST_NAME), reason: reason === null ? null : cut(reason, LONGEST_REASON) };
}

/** The message without the name of the source, and without what to do. */
function reasonIn(message: string, source: string): string {
  const start = `cannot read ${source}: `;
  const [reason = ""] = message.slice(message.startsWith(start) ? start.length : 0).split("; ");
  return reason;
}
