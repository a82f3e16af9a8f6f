/** What whoever runs the scaffold can fix. */
export class ScaffoldError extends Error {}
