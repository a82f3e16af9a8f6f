// Describes an HTML or XML document in a message.

/** Whether text begins like HTML or XML. */
export function isMarkup(text: string): boolean {
  return /^\s*<(?:!doctype|[?a-z])/i.test(text);
}

/** "an HTML page: 502 Bad Gateway", with the title, or the first heading. */
export function describeMarkup(text: string): string {
  const title = /<(?:title|h1)[^<>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  const kind = /^\s*<(!doctype html|html|head|body)/i.test(text) ? "an HTML page" : "an XML or HTML document";
  return title ? `${kind}: ${title}` : kind;
}
