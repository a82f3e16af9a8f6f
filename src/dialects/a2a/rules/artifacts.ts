// How artifacts grow: an update without `append` creates or replaces, one with it extends, and the last chunk closes.
// https://github.com/a2aproject/A2A/issues/1231, https://a2a-protocol.org/latest/specification/#taskartifactupdateevent
import { family } from "../../../rules/rule.ts";
import { type ArtifactUpdate, readTaskEvent, textOfParts } from "../results.ts";
import type { Place } from "../../../model/finding.ts";

/** Limits the artifacts that are remembered; a hostile stream could start one with every event. */
const MOST_ARTIFACTS = 1000;
/** Characters at the start of an artifact by which a repeated text is recognized. */
const COMPARED = 1000;

/** An artifact as received so far. */
interface Artifact {
  beginning: string;
  length: number;
  isSealed: boolean;
}

export const artifactRules = family({
  name: "artifacts",
  rules: [
    {
      id: "artifact-after-last-chunk",
      severity: "error",
      meaning: "An artifact is updated after the update that had `lastChunk`.",
      why: "Clients treat the artifact as complete, so they drop the update or show it as another artifact.",
      remedy: "Set `lastChunk` only on the last update of an artifact, or give the later update another `artifactId`.",
    },
    {
      id: "artifact-replaced",
      // A correction is allowed, but a missing `append` is more frequent: google/adk-python#6686.
      severity: "warning",
      meaning: "An update without `append` replaces text that the artifact had before.",
      why: "Clients that follow the protocol drop the earlier text, so only the last part of the answer is left.",
      remedy: "Set `append` on every update after the first one, unless the new text is meant to replace the old one.",
    },
  ],
  watch(find) {
    let artifacts = new Map<string, Artifact>();
    let taskId: string | null = null;

    function readUpdate(update: ArtifactUpdate, id: string, place: Place): void {
      const text = textOfParts(update.value);
      const known = artifacts.get(id);
      if (known?.isSealed === true) {
        const message = `the artifact ${id} is updated after its last chunk`;
        find("artifact-after-last-chunk", place, message, { expected: "no update", seen: id });
      }
      if (known !== undefined && !update.isAppended && !goesOn(known, text)) {
        const message = `${text.length} characters replace ${known.length} of the artifact ${id}`;
        find("artifact-replaced", place, message, { expected: "append", seen: null });
      }
      note(id, known, update, text);
    }

    function note(id: string, known: Artifact | undefined, { isAppended, isLastChunk }: ArtifactUpdate, text: string) {
      if (known === undefined && artifacts.size >= MOST_ARTIFACTS) return;
      const before = isAppended ? known : undefined;
      artifacts.set(id, {
        beginning: ((before?.beginning ?? "") + text).slice(0, COMPARED),
        length: (before?.length ?? 0) + text.length,
        // One finding for each artifact.
        isSealed: isLastChunk && known?.isSealed !== true,
      });
    }

    return {
      read({ event, payload }) {
        if (payload.type !== "object") return;
        const task = readTaskEvent(payload.value.result ?? payload.value);
        if (task === null) return;
        if (task.taskId !== null && task.taskId !== taskId) artifacts = new Map();
        taskId = task.taskId ?? taskId;
        // A whole task repeats earlier text.
        if (task.isTask) return;
        for (const update of task.artifacts) if (update.id !== null) readUpdate(update, update.id, event);
      },
    };
  },
});

/** Whether a text starts with all of the earlier one, as far as that is remembered. */
function goesOn({ beginning, length }: Artifact, text: string): boolean {
  return text.length >= length && text.startsWith(beginning);
}
