// The EventStream table of a browser's developer tools, copied as text: type, data and time of each event, parted by tabs.
// https://developer.chrome.com/docs/devtools/network/reference#event-stream
import { type PrintedForm, objectIn } from "./form.ts";

const TIME = /^\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?: ?[AP]M)?$/;
const EVENT_NAME = /^[\w./:-]+$/;

export const tableRows: PrintedForm = {
  of: "line",
  instead:
    "a table of events copied from a browser's developer tools, in no known dialect: save the response body instead",
  read(text, shape) {
    const cells = text.trimEnd().split("\t");
    if (cells.length < 2 || !TIME.test(cells.at(-1)?.trim() ?? "")) return null;
    const at = shape === null ? cells.findIndex((cell) => objectIn(cell.trim()) !== null) : Number(shape);
    const data = cells[at]?.trim();
    if (at === -1 || data === undefined) return null;
    const name = at === 0 ? "" : (cells[at - 1]?.trim() ?? "");
    const event = EVENT_NAME.test(name) && name !== "message" ? `event: ${name}\n` : "";
    return { shape: String(at), body: `${event}data: ${data}\n\n`, evidence: "sure" };
  },
};
