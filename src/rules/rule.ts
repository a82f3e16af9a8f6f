// The contract of rules. What each one watches for is in the families, one file each, collected in `index.ts`.
import type { CompressionFault } from "../decoding/fault.ts";
import type { Difference, Place, Severity } from "../model/finding.ts";
import type { Reading } from "../model/reading.ts";
import type { Run } from "../model/stretch.ts";
import type { HttpHead } from "../model/http-head.ts";
import type { Tally } from "../model/tally.ts";
import type { Transcript } from "../model/transcript.ts";
import type { WireDefect, WireRecord } from "../model/wire.ts";
import type { ProfileName } from "./profiles.ts";
import type { ItemLedger } from "./watching/item-ledger.ts";

/**
 * A rule. Its example is `fixtures/rules/<id>.*`: a stream that breaks this rule and no other. `ssescope rules` and the
 * README of this folder are made of these texts.
 */
export interface Rule<Id extends string = string> {
  readonly id: Id;
  /** How bad it is, by profile where profiles differ. */
  readonly severity: Severity | Readonly<Record<ProfileName, Severity | "off">>;
  /** What is wrong where the rule finds something, in one sentence. */
  readonly meaning: string;
  /** Why it matters: what it does to those who read the stream. */
  readonly why: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Rules that watch the same thing and share what they remember. Families are collected in `index.ts`. */
export interface RuleFamily<Id extends string = string> {
  readonly name: string;
  /** The dialects whose grammar it knows; null: all. */
  readonly dialects: readonly string[] | null;
  readonly rules: readonly Rule<Id>[];
  /** Begins to watch one stream. */
  watch(find: Find<Id>, context: WatchContext): Watcher;
}

/** Says that a rule is broken; `message` is one sentence for a person. */
export type Find<Id extends string = string> = (
  ruleId: Id,
  place: Place,
  message: string,
  difference?: Difference,
) => void;

export interface WatchContext {
  readonly profile: ProfileName;
  /** The texts of the response in hand; the facts of the reading that is watched are already in it. */
  readonly transcript: Transcript;
  /** The items of the response in hand, with what the reading that is watched tells of them. */
  readonly ledger: ItemLedger;
}

/** Called as things happen, in the order of the input; what a family does not need, it leaves out. */
export interface Watcher {
  /** What the framing hands on, before an event among it is read. */
  record?(record: WireRecord, atMs: number | null): void;
  defect?(defect: WireDefect): void;
  read?(reading: Reading): void;
  /**
   * Events that bring nothing new: at each of them `read` would have found nothing, as it has at the one before. For those
   * that count events or remember the last one.
   */
  run?(run: Run): void;
  end?(ending: StreamEnding): void;
}

/** What is known only when the input is over. */
export interface StreamEnding {
  readonly tally: Readonly<Tally>;
  readonly framing: string | null;
  readonly http: HttpHead | null;
  /** False where the body is no stream at all: a page, a document, nothing. */
  readonly isStream: boolean;
  /** It was not the stream that ended: reading was stopped, or the network failed. */
  readonly stopped: boolean;
  /** What was wrong with the compressed data that the stream came out of; null: nothing. */
  readonly compression: CompressionFault | null;
  /** When the input ended, in ms since the source was opened; null where times are not known. */
  readonly endMs: number | null;
}

/** A family whose watch can only speak of its own rules. */
export function family<const Id extends string>(family: RuleFamily<Id>): RuleFamily<Id> {
  return family;
}
