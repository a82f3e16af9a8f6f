/** An error that the user of the scaffold can fix. */
export class ScaffoldError extends Error {}
