// Events of one task, as an agent of version 0.3 streams them.

interface Place {
  readonly taskId?: string;
  readonly request?: number;
}

export function statusUpdate(state: string, { taskId = "t1", request = 1 }: Place = {}): string {
  return resultEvent({ kind: "status-update", taskId, contextId: "c1", status: { state } }, request);
}

export function artifactUpdate(
  text: string,
  {
    taskId = "t1",
    request = 1,
    ...update
  }: Place & {
    readonly artifactId?: string | undefined;
    readonly append?: boolean;
    readonly lastChunk?: boolean;
  } = {},
): string {
  const { append, lastChunk } = update;
  const artifactId = "artifactId" in update ? update.artifactId : "a1";
  const artifact = { artifactId, parts: [{ kind: "text", text }] };
  return resultEvent({ kind: "artifact-update", taskId, contextId: "c1", artifact, append, lastChunk }, request);
}

/** The whole task, with one artifact. */
export function task(state: string, text: string): string {
  const artifacts = [{ artifactId: "a1", parts: [{ kind: "text", text }] }];
  return resultEvent({ kind: "task", id: "t1", contextId: "c1", status: { state }, artifacts }, 1);
}

function resultEvent(result: object, id: number): string {
  return `data: ${JSON.stringify({ jsonrpc: "2.0", id, result })}\n\n`;
}
