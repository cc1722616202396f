/** How fans are ranked, as docs/decisions/020-leaderboard-score.md says: the query counts by these, the page names them. */

/** Scored shows that a place on the leaderboard takes: below it chance decides. */
export const LEAST_SHOWS = 5;

/**
 * So many shows at the mean of all fans are added to everybody's own: half of the score of somebody with five shows is
 * theirs, nine tenths of that of somebody with 45: a lucky week leads no list.
 */
export const PRIOR_SHOWS = 5;

/** Equal-sized groups of odds that the calibration is counted in. */
export const CALIBRATION_BINS = 10;
