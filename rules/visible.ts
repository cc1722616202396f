/** Text of others on its way to a terminal, where some characters are orders. */

/** Control characters, and what turns the direction of writing or breaks a line unseen. */
const ORDERS = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** One line that a terminal shows as it is: what would be an order to it is shown as U+FFFD. */
export function visible(text: string): string {
  return text.replace(ORDERS, "\uFFFD");
}
