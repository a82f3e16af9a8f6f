/** What a text is said as; `plain` has no colour. */
export type Paint = "plain" | "dim" | "strong" | "good" | "warning" | "bad" | "name" | "accent";

export type Painter = (text: string, paint: Paint) => string;
