// The list of targets, which take turns.
import type { Target } from "../target.ts";
import { archives } from "./archives.ts";
import { captures } from "./captures.ts";
import { configs } from "./configs.ts";
import { expectations } from "./expectations.ts";
import { responses } from "./responses.ts";
import { sessions } from "./sessions.ts";
import { times } from "./times.ts";
import { webSockets } from "./web-sockets.ts";

export const targets: readonly Target[] = [
  captures,
  archives,
  times,
  sessions,
  configs,
  expectations,
  responses,
  webSockets,
];
