import { useHydrated } from "../use-hydrated";

type Props = { at: string; timezone: string | null };

/** " (19:00 where you are)" after a time of the venue's, where the visitor's clock says another. Only their browser knows. */
export function WhereYouAre({ at, timezone }: Props) {
  if (!useHydrated()) return null;
  const venue = clock(at, timezone ?? "UTC");
  const here = clock(at);
  if (venue.day === here.day && venue.time === here.time) return null;
  return <> ({venue.day === here.day ? here.time : `${here.day}, ${here.time}`} where you are)</>;
}

function clock(at: string, timeZone?: string) {
  const date = new Date(at);
  const day = { weekday: "short", day: "numeric", month: "short", timeZone } as const;
  const time = { hour: "2-digit", minute: "2-digit", timeZone } as const;
  return {
    day: new Intl.DateTimeFormat("en-GB", day).format(date),
    time: new Intl.DateTimeFormat("en-GB", time).format(date),
  };
}
