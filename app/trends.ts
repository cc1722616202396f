/** Trending artists and shows as rows: what is said of each. */
import type { Trend } from "./components/trend-rows";
import { count, dayMonth, place, weekday } from "./formats";
import type { TrendingArtist, TrendingShow } from "./types";

/** What made the score, as far as people made it. */
function heat({ votes, views }: { votes: number; views: number }): string[] {
  return [
    ...(votes > 0 ? [`${count(votes, "vote")} this week`] : []),
    ...(views > 0 ? [`${count(views, "view")} this month`] : []),
  ];
}

export function artistTrend({ rank, change, slug, name, coming, ...made }: TrendingArtist): Trend {
  const notes = [count(coming, "coming show"), ...heat(made)];
  return { rank, to: `/artists/${slug}`, title: name, notes, change };
}

/** @param today the year that need not be said */
export function showTrend(show: TrendingShow, today: string): Trend {
  const { rank, change, slug, artist, venue, localDate } = show;
  const when = localDate ? `${weekday(localDate)} ${dayMonth(localDate, today)}` : "Date TBA";
  const where = venue ? place(venue.name, venue.city) : "";
  const notes = [when, where, ...heat(show)].filter((note) => note !== "");
  return { rank, to: `/shows/${slug}`, title: artist.name, notes, change };
}
