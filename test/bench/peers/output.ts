// Writes the texts of a peer to stdout: buffered, because a system call for each would cost more than everything else.
// With `each` as the second argument, texts are written one by one, as a program that shows them does.

const GATHERED_LENGTH = 16 * 1024;

const isGathered = process.argv[3] !== "each";

let gathered = "";

export function write(text: string): void {
  if (text === "") return;
  gathered += text;
  if (!isGathered || gathered.length >= GATHERED_LENGTH) flush();
}

/** Writes the buffered text. */
export function flush(): void {
  process.stdout.write(gathered);
  gathered = "";
}
