// The framings.
import { awsEventstream } from "./aws-eventstream.ts";
import { aiSdkData } from "./ai-sdk-data.ts";
import { chunked } from "./chunked.ts";
import { curl } from "./curl.ts";
import { har } from "./archive/har/har.ts";
import { recorders } from "./archive/recorders/index.ts";
import { jsonArray } from "./json-array.ts";
import { jsonDocuments } from "./json-documents.ts";
import { lambda } from "./lambda.ts";
import { log } from "./log.ts";
import { python, quoted, table } from "./printed/framings.ts";
import { ndjson } from "./ndjson.ts";
import { records } from "./records/records.ts";
import { sse } from "./sse.ts";
import { webSocketLines } from "./web-socket-lines.ts";
import type { Framing } from "./framing.ts";

/** In the order in which they are asked whether the first bytes are theirs; `sse` takes what no other does. */
export const framings = [
  webSocketLines,
  awsEventstream,
  curl,
  lambda,
  records,
  har,
  ...recorders,
  jsonArray,
  jsonDocuments,
  chunked,
  aiSdkData,
  quoted,
  table,
  python,
  log,
  ndjson,
  sse,
] as const satisfies readonly Framing[];
