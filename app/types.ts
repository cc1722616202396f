/** What the procedures answer, as it arrives in a page: moments are ISO texts there. */
import type { SerializeFrom } from "@remix-run/node";
import type { RouterOutputs } from "#server/routers/_app";

export type ShowInList = SerializeFrom<RouterOutputs["show"]["list"]["shows"][number]>;
export type RecentArtist = SerializeFrom<RouterOutputs["artist"]["recent"]["artists"][number]>;
export type FoundArtist = SerializeFrom<RouterOutputs["artist"]["search"]["artists"][number]>;
export type FoundPlaces = SerializeFrom<RouterOutputs["search"]["places"]>;
export type TrendingArtist = SerializeFrom<RouterOutputs["trending"]["artists"]["artists"][number]>;
export type TrendingShow = SerializeFrom<RouterOutputs["trending"]["shows"]["shows"][number]>;
export type ResultInList = SerializeFrom<RouterOutputs["leaderboard"]["artist"]["shows"][number]>;
export type Song = SerializeFrom<RouterOutputs["artist"]["songs"]["songs"][number]>;
export type LeftOutRecording = SerializeFrom<RouterOutputs["artist"]["recordings"]["recordings"][number]>;
export type Artist = SerializeFrom<RouterOutputs["artist"]["bySlug"]["artist"]>;
export type Progress = SerializeFrom<RouterOutputs["artist"]["importStatus"]>;
export type PastSetlist = SerializeFrom<RouterOutputs["artist"]["pastSetlists"]["pastSetlists"][number]>;
export type Show = SerializeFrom<RouterOutputs["show"]["bySlug"]["show"]>;
export type Setlist = SerializeFrom<NonNullable<RouterOutputs["show"]["bySlug"]["setlist"]>>;
export type SetlistSong = Setlist["songs"][number];
export type SuggestibleSong = RouterOutputs["vote"]["songsToSuggest"]["songs"][number];
