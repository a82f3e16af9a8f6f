// Names of framings that others ask about: importing a framing for its name would load it.
export const framingNames = {
  sse: "sse",
  ndjson: "ndjson",
  jsonArray: "json-array",
  jsonDocuments: "json-documents",
  awsEventstream: "aws-eventstream",
  records: "records",
} as const;
