/** Same artist or not: scored evidence, runners-up kept. */

/** Someone another service knows who may be the artist we mean. */
export type Candidate = {
  /** the service's id, for setlist.fm and MusicBrainz the mbid */
  id: string;
  name: string;
  disambiguation?: string;
  url?: string;
};
