// How vitest writes expected files: each file is replaced as a whole, so that an interrupted run leaves no cut or empty
// files.
import { rename, writeFile } from "node:fs/promises";
import { VitestSnapshotEnvironment } from "vitest/runtime";

class WholeFiles extends VitestSnapshotEnvironment {
  override async saveSnapshotFile(path: string, content: string): Promise<void> {
    const draft = `${path}.draft`;
    await writeFile(draft, content);
    await rename(draft, path);
  }
}

export default new WholeFiles();
