// Text in Markdown.

/** What Markdown, HTML or GitHub would read as theirs: marks, tables, links, mentions, emoji, formulas. */
const ACTIVE = /[&<>"'`|*_~[\]()#\\!$@:{}^]|(?<=www)\./gi;

/** Text that shows as itself. Character references stand for themselves wherever Markdown looks for structure. */
export function escapeMarkdown(text: string): string {
  return text.replace(ACTIVE, (character) => `&#${character.charCodeAt(0)};`);
}
