// The EventStream table of a browser's developer tools, copied as text: id, type, data and time of each event.
// https://developer.chrome.com/docs/devtools/network/reference#event-stream
import { type PrintedForm, objectIn } from "./form.ts";

const ROW =
  /^(?:(?<id>[^\s{]+)[ \t]+)??(?:(?<name>[\w./:-]+)[ \t]+)?(?<data>\{.*\}|\[DONE\])[ \t]+\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?: ?[AP]M)?$/;

export const tableRows: PrintedForm = {
  of: "line",
  instead:
    "a table of events copied from a browser's developer tools, in no known dialect: save the response body instead",
  read(text) {
    const { id, name, data } = ROW.exec(text.trim())?.groups ?? {};
    if (data === undefined || (data !== "[DONE]" && objectIn(data) === null)) return null;
    const fields = [
      id === undefined ? "" : `id: ${id}\n`,
      name === undefined || name === "message" ? "" : `event: ${name}\n`,
      `data: ${data}\n\n`,
    ];
    return { shape: "", body: fields.join(""), evidence: "sure" };
  },
};
