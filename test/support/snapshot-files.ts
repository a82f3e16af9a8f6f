// How vitest writes expected files: a file is replaced whole, so that a run that is stopped leaves none cut or empty.
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
