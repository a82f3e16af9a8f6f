// The states of a task: nothing follows a final one.
// https://a2a-protocol.org/latest/specification/#taskstate
import { jsonText } from "../../../model/json-text.ts";
import { family } from "../../../rules/rule.ts";
import { readTaskEvent, type TaskEvent } from "../results.ts";

const FINAL: ReadonlySet<string | null> = new Set(["completed", "failed", "canceled", "rejected"]);

export const taskRules = family({
  name: "tasks",
  rules: [
    {
      id: "task-update-after-final",
      // "Once a task has reached a terminal state … it cannot restart": https://a2a-protocol.org/latest/topics/life-of-a-task/
      severity: "error",
      meaning: "A task changes after its final state: `completed`, `failed`, `canceled` or `rejected`.",
      why: "Clients close the stream at the final state, so they miss the update or show a finished task as running.",
      remedy: "Send artifacts and messages before the final state, and a new task for more work.",
    },
  ],
  watch(find) {
    /** The final state of the current task; null before it, and after a change was reported. */
    let final: string | null = null;
    let taskId: string | null = null;
    let request: string | null = null;

    /** The same task again is not a change. */
    function isChange({ state, artifacts, isTask, message }: TaskEvent): boolean {
      if (isTask) return state !== final;
      return artifacts.length > 0 || state !== final || message !== null;
    }

    return {
      read({ event, payload }) {
        if (payload.type !== "object") return;
        const task = readTaskEvent(payload.value.result ?? payload.value);
        if (task === null || task.isMessage) return;
        const eventRequest = jsonText(payload.value.id);
        // Another request may ask for the same task again.
        if (task.taskId !== taskId || eventRequest !== request) final = null;
        taskId = task.taskId;
        request = eventRequest;
        if (final !== null && isChange(task)) {
          const seen = task.state ?? "artifact-update";
          find("task-update-after-final", event, `${seen} arrives after the final state ${final}`, {
            expected: "nothing",
            seen,
          });
          final = null;
        } else if (FINAL.has(task.state)) final = task.state;
      },
    };
  },
});
