// Options for the request to a URL.
import type { CommandOption } from "./option.ts";

export const requestOptions = [
  {
    name: "request",
    short: "X",
    category: "request",
    value: "<method>",
    summary: "set the HTTP method",
    default: { text: "GET, or POST with -d" },
  },
  {
    name: "header",
    short: "H",
    category: "request",
    value: "<line>",
    summary: "send a header: 'Name: value'",
    details: () => "With @file, headers are read from a file, one per line.",
    repeats: "collected",
  },
  {
    name: "header-env",
    category: "request",
    value: "<name=var>",
    summary: "send a header from the environment",
    details: () => "For example x-api-key=ANTHROPIC_API_KEY. The value appears in no output, recording or error.",
    repeats: "collected",
  },
  {
    name: "data",
    short: "d",
    category: "request",
    value: "<body>",
    summary: "send a body: text, @file, @- for stdin",
    details: () => "HTTP takes one body. For a ws or wss URL, each is sent as a text message, in order.",
    repeats: "collected",
  },
  {
    name: "bearer-env",
    category: "request",
    value: "<variable>",
    summary: "send a bearer token from the environment",
    details: () => "The token appears in no output, recording or error.",
  },
  {
    name: "location-trusted",
    category: "request",
    summary: "keep headers and body on redirects to other hosts",
    details: () => "By default, your headers and body are not sent to another origin.",
  },
] as const satisfies readonly CommandOption[];
