// The supported recorders, besides HAR.
import type { Framing } from "../../framing.ts";
import { cassette } from "./cassette.ts";
import { httpmock } from "./httpmock.ts";
import { httprr } from "./httprr.ts";
import { llamaStack } from "./llama-stack.ts";
import { mastra } from "./mastra.ts";
import { nock } from "./nock.ts";
import { reqLlm } from "./req-llm.ts";
import { requestResponse } from "./request-response.ts";
import { wiremock } from "./wiremock.ts";

/** In the order in which they are asked; `request-response` takes similar files of unknown recorders. */
export const recorders = [
  cassette,
  httpmock,
  httprr,
  llamaStack,
  mastra,
  nock,
  reqLlm,
  wiremock,
  requestResponse,
] as const satisfies readonly Framing[];
