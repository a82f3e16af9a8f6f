// Files in which recorders keep HTTP exchanges, and which are not read: what they are, by their beginning.

const RECORDERS: readonly { readonly name: string; readonly beginning: RegExp }[] = [
  // https://github.com/nock/nock#recording
  { name: "nock", beginning: /^\[\s*\{\s*"scope"\s*:\s*"[^"]*"\s*,\s*"method"/ },
  // https://wiremock.org/docs/record-playback/
  {
    name: "WireMock",
    beginning: /^\{\s*(?:"(?:id|uuid|name)"\s*:\s*"[^"]*"\s*,\s*)*(?:"mappings"\s*:\s*\[|"request"\s*:\s*\{\s*"url)/,
  },
  { name: "WireMock", beginning: /^(?:---\s+)?(?:(?:id|uuid|name): .*\n)+request:\s*\n/ },
  // https://docs.rs/httpmock/latest/httpmock/#record-and-playback
  { name: "httpmock", beginning: /^(?:---\s+)?when:\s*\n[^]*?\nthen:/ },
  // https://pkg.go.dev/golang.org/x/oscar/internal/httprr
  { name: "httprr", beginning: /^httprr trace v\d/ },
];

/** Names the recorder that wrote a file, and says what to do; null where it is none of these. */
export function describeRecorder(text: string): string | null {
  const recorder = RECORDERS.find(({ beginning }) => beginning.test(text));
  return recorder === undefined
    ? null
    : `a recording by ${recorder.name}, which is not read: save the response body in it to a file of its own`;
}
