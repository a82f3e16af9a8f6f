// The texts of a task's artifacts: updates extend or replace them, and the whole task repeats them. Semantics of
// updates: https://github.com/a2aproject/A2A/issues/1231
import { asObjects } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import type { StreamedItems } from "../reader/streamed-items.ts";
import { type ArtifactUpdate, textOfParts } from "./results.ts";

/** Characters of a text that are kept to compare it with later ones. */
const MOST_COMPARED = 2 ** 20;

export interface ArtifactTexts {
  /** Reports the addition of an update; returns whether it has any content. */
  read(update: ArtifactUpdate): boolean;
  /** Forgets the artifacts of a task that is over. */
  clear(): void;
}

interface Artifact {
  readonly item: number;
  /** Null if it is too long to be kept. */
  readonly text: string | null;
}

export function createArtifactTexts(writer: FactWriter, items: StreamedItems): ArtifactTexts {
  const artifacts = new Map<string, Artifact>();

  /** The new part of an update; null if it replaces the earlier text. */
  function addedTo(known: Artifact | undefined, text: string, { id, isAppended }: ArtifactUpdate): string | null {
    if (known === undefined || isAppended) return text;
    if (known.text !== null && text.startsWith(known.text)) return text.slice(known.text.length);
    // An artifact without an id cannot be matched again.
    return id === null ? text : null;
  }

  return {
    read(update) {
      const { id, value } = update;
      const key = `artifact/${id ?? ""}`;
      const text = textOfParts(value);
      const known = artifacts.get(key);
      const added = addedTo(known, text, update);
      if (added === null && known !== undefined) {
        writer.tell({ type: "item-dropped", response: writer.response(), item: known.item });
        items.end(key);
      }
      // A whole task repeats artifacts that had their last chunk.
      if (known === undefined || added !== "") {
        const item = items.open(key, "text", () => ({ id, type: "artifact", status: null }));
        items.append(key, added ?? text);
        const all = isReplaced(known, added) ? text : (known?.text ?? "") + added;
        const isKept = known?.text !== null && all.length <= MOST_COMPARED;
        artifacts.set(key, { item, text: isKept ? all : null });
      }
      if (update.isLastChunk) items.end(key);
      return text !== "" || asObjects(value.parts).some((part) => part.text === undefined);
    },
    clear: () => artifacts.clear(),
  };
}

function isReplaced(known: Artifact | undefined, added: string | null): boolean {
  return known === undefined || added === null;
}
