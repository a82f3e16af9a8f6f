/** The role of a text, which determines its colour; `plain` has none. */
export type Paint = "plain" | "dim" | "strong" | "good" | "warning" | "bad" | "name" | "accent";

export type Painter = (text: string, paint: Paint) => string;
