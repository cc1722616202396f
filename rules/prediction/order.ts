/** The running order of the songs that are listed: opener, main set, encore. */
import type { Played } from "./played.ts";

/** Half-life in shows: an order that stays follows the last nights, one that changes needs many to show at all. */
const FIXED = 2;
const VARIED = 20;
const REPEATS = 0.6;
/** A song closes or belongs to the encore by habit from these shares of its playings on. */
const CLOSES = 0.25;
const MOSTLY_ENCORE = 0.5;

type Habits = {
  played: number;
  opened: number;
  closedMain: number;
  closed: number;
  encore: number;
  place: number;
};
export type Placed = { key: string; isEncore: boolean };

/**
 * The listed songs as they will be played, encore last.
 * @param listed keys, most probable first
 * @param recent the last shows, oldest first
 * @param expected opener and encore as the model has them, most probable first; without it they go by habit
 */
export function runningOrder(
  listed: string[],
  recent: Played[],
  repeatRate = 0,
  expected: { opener?: string; encore?: string[] } = {},
): Placed[] {
  const { habits, encoreSize } = countHabits(listed, recent, repeatRate >= REPEATS ? FIXED : VARIED);
  const share = (key: string, habit: keyof Habits) => {
    const { [habit]: count, played } = habits.get(key)!;
    return played === 0 ? 0 : count / played;
  };
  // Shares of shows, not of its playings: the regular opener comes before one that opened its only night.
  const most = (keys: string[], habit: keyof Habits, least: number) =>
    [...keys]
      .filter((key) => share(key, habit) > least)
      .sort(
        (a, b) => habits.get(b)![habit] - habits.get(a)![habit] || listed.indexOf(a) - listed.indexOf(b),
      )[0];
  const byPlace = (a: string, b: string) =>
    share(a, "place") - share(b, "place") || listed.indexOf(a) - listed.indexOf(b);

  const likely = expected.encore?.filter((key) => listed.includes(key) && key !== expected.opener);
  const encore = (likely ?? encoreByHabit()).slice(0, encoreSize);
  const main = listed.filter((key) => !encore.includes(key));
  const opener =
    expected.opener !== undefined && main.includes(expected.opener)
      ? expected.opener
      : most(main, "opened", 0);
  const closer = most(
    main.filter((key) => key !== opener),
    "closedMain",
    CLOSES,
  );
  function encoreByHabit(): string[] {
    return listed
      .filter((key) => share(key, "encore") >= MOSTLY_ENCORE)
      .sort((a, b) => habits.get(b)!.encore - habits.get(a)!.encore || listed.indexOf(a) - listed.indexOf(b));
  }
  const last = most(encore, "closed", CLOSES);
  return [
    ...ends(opener, main.sort(byPlace), closer).map((key) => ({ key, isEncore: false })),
    ...ends(undefined, encore.sort(byPlace), last).map((key) => ({ key, isEncore: true })),
  ];
}

function ends(first: string | undefined, keys: string[], last: string | undefined): string[] {
  const middle = keys.filter((key) => key !== first && key !== last);
  return [...(first === undefined ? [] : [first]), ...middle, ...(last === undefined ? [] : [last])];
}

function countHabits(listed: string[], recent: Played[], halfLife: number) {
  const habits = new Map<string, Habits>();
  for (const key of listed) {
    habits.set(key, { played: 0, opened: 0, closedMain: 0, closed: 0, encore: 0, place: 0 });
  }
  let [weights, encores] = [0, 0];
  recent.forEach((show, at) => {
    const weight = 0.5 ** ((recent.length - 1 - at) / halfLife);
    weights += weight;
    encores += weight * show.encore.size;
    show.keys.forEach((key, place) => {
      const habit = habits.get(key);
      if (!habit) return;
      habit.played += weight;
      habit.place += (weight * place) / Math.max(1, show.keys.length - 1);
      if (show.opened === key) habit.opened += weight;
      if (show.closedMain === key) habit.closedMain += weight;
      if (show.closed === key) habit.closed += weight;
      if (show.encore.has(key)) habit.encore += weight;
    });
  });
  return { habits, encoreSize: weights === 0 ? 0 : Math.round(encores / weights) };
}
