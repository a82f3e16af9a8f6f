/** What the first bytes of an input show of its keys. */
export interface KeyScan {
  /** `other`: neither a JSON object or array of objects, nor a YAML mapping. */
  readonly syntax: "object" | "array" | "yaml" | "other";
  /** The paths of its keys, in which `[]` is any element of a list: `mappings[].request`. */
  readonly paths: ReadonlySet<string>;
  /** The keys at the top; of an array, those of its first element, with their path. */
  readonly topKeys: ReadonlySet<string>;
  /** The first object has been seen to its end. */
  readonly isClosed: boolean;
  /** Something comes behind it. */
  readonly isFollowed: boolean;
  /** YAML: the beginning of a line that is not whole yet; null if there is none. */
  readonly cutLine?: string | null;
}
