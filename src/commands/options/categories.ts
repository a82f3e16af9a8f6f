// The headings of options, in the order of help.

export const categories = [
  { name: "tap", title: "Tap" },
  { name: "check", title: "Check" },
  { name: "statistics", title: "Statistics" },
  { name: "comparison", title: "Comparison" },
  { name: "output", title: "Output" },
  { name: "filter", title: "Filters, for --format events, wire and facts" },
  { name: "input", title: "Input" },
  { name: "recording", title: "Recording" },
  { name: "request", title: "Request to a URL" },
  { name: "repetition", title: "Repeat a request" },
  { name: "network", title: "Network" },
  { name: "retries", title: "Retries and broken connections" },
  { name: "server", title: "Server" },
  { name: "faults", title: "Faults on purpose" },
  { name: "general", title: "General" },
] as const;

export type Category = (typeof categories)[number]["name"];
