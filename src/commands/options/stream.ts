// The options of every command that reads streams.
import { inputOptions } from "./input.ts";
import { networkOptions } from "./network.ts";
import type { ArgumentsOf } from "./option.ts";
import { colorOptions } from "./output.ts";
import { recordingOptions } from "./recording.ts";
import { requestOptions } from "./request.ts";
import { retryOptions } from "./retries.ts";

export const streamOptions = [
  ...colorOptions,
  ...inputOptions,
  ...recordingOptions,
  ...requestOptions,
  ...networkOptions,
  ...retryOptions,
] as const;

export type StreamArguments = ArgumentsOf<typeof streamOptions>;
