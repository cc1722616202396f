/** The number that tells shows of one artist, venue and local date apart. */
import type { KnownShow } from "../events.ts";
import { knownVenue, type Group, type Places } from "./groups.ts";

/**
 * A slot for every group, in their order. A known show that stays at its place keeps its slot, then those that moved
 * keep theirs where it is free; every other show takes the lowest free one. No show's place is taken by another, read
 * now or not.
 */
export function assignSlots(groups: Group[], known: KnownShow[], placeOf: Places): number[] {
  const taken = new Map<string, Set<number>>();
  const slots = new Map<Group, number>();
  const take = (group: Group, at: string, wanted: number) => {
    const used = taken.get(at) ?? new Set();
    let slot = wanted;
    if (used.has(slot)) for (slot = 0; used.has(slot);) slot++;
    taken.set(at, used.add(slot));
    slots.set(group, slot);
  };

  const read = new Set(groups.map((group) => group.known));
  const absent = known
    .filter((show) => !read.has(show))
    .map((show): Group => ({ known: show, listings: [] }));
  const stays = (group: Group) => group.known && where(group) === stood(group.known);
  for (const group of absent) take(group, stood(group.known!), group.known!.slot);
  for (const group of groups.filter(stays)) take(group, where(group), group.known!.slot);
  for (const group of groups.filter((one) => one.known && !stays(one)))
    take(group, where(group), group.known!.slot);
  for (const group of groups.filter((one) => !one.known)) take(group, where(group), 0);
  return groups.map((group) => slots.get(group)!);

  function stood(show: KnownShow): string {
    return `${placeOf(knownVenue(show)) ?? ""}\n${show.localDate ?? ""}`;
  }
}

function where({ place, localDate }: Group): string {
  return `${place ?? ""}\n${localDate ?? ""}`;
}
