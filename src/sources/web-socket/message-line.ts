// Converts a WebSocket message to a line of a capture.

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/**
 * A message as a line, so that captures of messages can be read as NDJSON. JSON stays equal: line ends within a message
 * become spaces, and JSON has line ends only outside of its strings (RFC 8259, 2). Some APIs, such as Gemini's Live
 * API, send JSON in binary messages; binary that is not text becomes base64, as in HAR files.
 */
export function lineOf(message: Buffer, isBinary: boolean): Buffer {
  const isText = !isBinary || isPrintable(message);
  const text = isText ? message : Buffer.from(message.toString("base64"));
  const line = Buffer.allocUnsafe(text.length + 1);
  text.copy(line);
  line[text.length] = LF;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === LF || byte === CR) line[at] = SPACE;
  }
  return line;
}

function isPrintable(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
