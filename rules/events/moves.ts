/** Which known show a new listing is the new date of. */
import type { Listing } from "../events.ts";
import { isLeft } from "./fields.ts";
import type { Group } from "./groups.ts";

/**
 * The show of this venue that was moved to the listing's date, so that address and votes stay. Of several the one whose
 * date the listing says it had; where that does not tell, nobody can say which one came back.
 * @param here the shows of the listing's venue
 */
export function movedFrom(listing: Listing, here: Group[]): Group | undefined {
  const candidates = here.filter((group) => mayHaveMoved(group, listing));
  if (candidates.length === 1) return candidates[0];
  const told = candidates.filter((group) => isFirstDate(group, listing));
  return told.length === 1 ? told[0] : undefined;
}

/**
 * Still listed, but only as moved away without the new date; or no longer listed: for long, or since just now where its
 * own status or the new listing says that it was moved. An absence of one read alone is no sign: a new night may have been
 * added while the seller mislaid the old one.
 */
function mayHaveMoved(group: Group, listing: Listing): boolean {
  const { known, listings } = group;
  if (!known) return false;
  const isNewDate = listing.localDate !== undefined && !isLeft(listing);
  if (listings.length > 0) return isNewDate && listings.every(isLeft);
  if (known.gone) return true;
  const saidSo = known.status === "postponed" || known.status === "rescheduled";
  return known.absent === true && (saidSo || isFirstDate(group, listing));
}

function isFirstDate({ known }: Group, { initialLocalDate }: Listing): boolean {
  return initialLocalDate !== undefined && known?.localDate === initialLocalDate;
}
