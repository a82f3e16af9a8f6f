// The texts of a peer, to stdout: gathered, for a system call for each would cost more than all the rest; or, where the
// second argument is `each`, one by one, as most programs do it that show them to somebody.

const GATHERED_LENGTH = 16 * 1024;

const isGathered = process.argv[3] !== "each";

let gathered = "";

export function write(text: string): void {
  if (text === "") return;
  gathered += text;
  if (!isGathered || gathered.length >= GATHERED_LENGTH) flush();
}

/** Sends what is left. */
export function flush(): void {
  process.stdout.write(gathered);
  gathered = "";
}
