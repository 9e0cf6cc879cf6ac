/** The two ways in which a workbook counts days: from 1900, as nearly all do, or from 1904, as Excel for Mac once did. */

/** Days between the epochs of the 1904 and the 1900 date system. */
export const DAYS_1904 = 1462;
/** 9999-12-31, the last day Excel knows; a larger number, such as 20260331, is no serial. */
const LAST_SERIAL = 2_958_466;

/**
 * A date's serial of the 1904 system as one of the 1900 system. A time of day, below 1, is the same in both, and a number
 * that is no serial stays what it is.
 */
export function from1904(serial: number): number {
  return serial < 1 || serial + DAYS_1904 >= LAST_SERIAL ? serial : serial + DAYS_1904;
}

/** A date's serial of the 1900 system as one of the 1904 system. */
export function to1904(serial: number): number {
  return serial - DAYS_1904;
}
