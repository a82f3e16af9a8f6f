// Loaded before a program: at its end, writes its peak resident memory in kB to file descriptor 3.
import { writeSync } from "node:fs";

process.on("exit", () => writeSync(3, `${process.resourceUsage().maxRSS}\n`));
