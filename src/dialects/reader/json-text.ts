/**
 * The JSON text of a value that came as JSON. Empty where it is nested so deep that it cannot be written: Node.js reads
 * such a value, and throws when it is to write it.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return "";
    throw error;
  }
}
