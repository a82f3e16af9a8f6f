// Limits that the output names, in their own file, so that the page of statistics loads no other code for them.

/** Maximum number of separate groups; responses of later ones are counted together, with a note. */
export const MOST_GROUPS = 1000;
/**
 * Fewer values on a side are not tested: the normal approximation does not hold, and no difference would survive the
 * correction.
 */
export const FEWEST = 8;
