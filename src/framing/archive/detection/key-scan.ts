/** The keys found in the first bytes of an input. */
export interface KeyScan {
  /** `other`: neither a JSON object or array of objects, nor a YAML mapping. */
  readonly syntax: "object" | "array" | "yaml" | "other";
  /** The paths of its keys; `[]` is any element of a list: `mappings[].request`. */
  readonly paths: ReadonlySet<string>;
  /** The top-level keys; for an array, those of its first element, with their path. */
  readonly topKeys: ReadonlySet<string>;
  /** The first object is complete. */
  readonly isClosed: boolean;
  /** More data follows it. */
  readonly isFollowed: boolean;
  /** YAML: the start of an incomplete line; null if there is none. */
  readonly cutLine?: string | null;
}
