/** Which time zone a place lies in. */
import lookup from "@photostructure/tz-lookup";

/** IANA name by coordinates: right but for places a few km from a border; at sea the zone of the meridian. */
export function zoneAt(place: { latitude?: number; longitude?: number }): string | undefined {
  const { latitude, longitude } = place;
  if (latitude === undefined || longitude === undefined) return undefined;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return lookup(latitude, longitude);
}
