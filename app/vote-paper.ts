/**
 * What a fan sees of one show's votes: the server's counts, and over them what this page has asked for and not yet heard
 * back. Pure values; vote-sender.ts sends, use-votes.ts shows. The laws (held by vote-paper.test.ts):
 * one's own last tap is shown until it is stored or refused, whatever the stream says meanwhile; nothing is counted
 * twice; once all is answered and a last snapshot heard, every figure is the server's.
 */
export type Ballot = "expect" | "wish";
export type Vote = { setlistSongId: string; ballot: Ballot };

/** Both ballots of a song, as procedures answer. */
export type SongVotes = { votes: number; wishes: number; myVote: boolean; myWish: boolean };
export type SongCounts = { setlistSongId: string; votes: number; wishes: number };

/** One ballot of one song as the server last said, at a moment of the database in Unix milliseconds. */
type Cell = { count: number; mine: boolean; at: number };
type Key = `${Ballot} ${string}`;

export type Paper = {
  cells: ReadonlyMap<Key, Cell>;
  /** what is to become of a vote, in the order of asking; one that is not here is as its cell says */
  wanted: ReadonlyMap<Key, boolean>;
  /** the one vote that is on its way; what is heard meanwhile may or may not count it, and waits */
  flying?: { key: Key; heard?: { count: number; at: number } };
};

const keyOf = ({ ballot, setlistSongId }: Vote): Key => `${ballot} ${setlistSongId}`;
const voteOf = (key: Key): Vote => {
  const [ballot, setlistSongId] = key.split(" ") as [Ballot, string];
  return { setlistSongId, ballot };
};

export const blank: Paper = { cells: new Map(), wanted: new Map() };

/**
 * The page was read (again). Counts heard since the first time stay: its own may be older, and a newer one would be heard.
 */
export function read(paper: Paper, songs: (SongVotes & { setlistSongId: string })[]): Paper {
  const cells = new Map<Key, Cell>();
  for (const { setlistSongId, votes, wishes, myVote, myWish } of songs) {
    for (const [ballot, count, mine] of [
      ["expect", votes, myVote],
      ["wish", wishes, myWish],
    ] as const) {
      const key = keyOf({ setlistSongId, ballot });
      const known = paper.cells.get(key);
      cells.set(key, known?.at ? { ...known, mine } : { count, mine, at: 0 });
    }
  }
  const wanted = new Map([...paper.wanted].filter(([key]) => cells.has(key)));
  return { ...paper, cells, wanted };
}

/** A tap turns what is shown round; turned back before it was sent, nothing is left to send. */
export function tap(paper: Paper, vote: Vote): Paper {
  const key = keyOf(vote);
  const cell = paper.cells.get(key);
  if (!cell) return paper;
  const wanted = new Map(paper.wanted);
  const turned = !(wanted.get(key) ?? cell.mine);
  if (turned === cell.mine && paper.flying?.key !== key) wanted.delete(key);
  else wanted.set(key, turned);
  return { ...paper, wanted };
}

/** What to send next; nothing while something is on its way: the first answer brings the guest's cookie. */
export function next(paper: Paper): { vote: Vote; cast: boolean } | undefined {
  if (paper.flying) return undefined;
  for (const [key, cast] of paper.wanted) return { vote: voteOf(key), cast };
  return undefined;
}

export function sent(paper: Paper, vote: Vote): Paper {
  return { ...paper, flying: { key: keyOf(vote) } };
}

/** It is stored. A later wish of the fan for the same vote stays wanted. */
export function answered(
  paper: Paper,
  { setlistSongId, at, ...song }: SongVotes & { setlistSongId: string; at: number },
): Paper {
  const { flying } = paper;
  const cells = new Map(paper.cells);
  for (const [ballot, count, mine] of [
    ["expect", song.votes, song.myVote],
    ["wish", song.wishes, song.myWish],
  ] as const) {
    const key = keyOf({ setlistSongId, ballot });
    const heard = flying?.key === key ? flying.heard : cells.get(key);
    cells.set(key, { mine, ...newer(heard, { count, at }) });
  }
  const wanted = new Map(paper.wanted);
  if (flying && wanted.get(flying.key) === cells.get(flying.key)?.mine) wanted.delete(flying.key);
  return { cells, wanted };
}

/** It is not stored: what was asked for is taken back, and what was heard meanwhile holds. */
export function refused(paper: Paper): Paper {
  const { flying } = paper;
  if (!flying) return paper;
  const cells = new Map(paper.cells);
  const cell = cells.get(flying.key);
  if (cell && flying.heard) cells.set(flying.key, { ...cell, ...flying.heard });
  const wanted = new Map(paper.wanted);
  wanted.delete(flying.key);
  return { cells, wanted };
}

/** Nobody answers: nothing asked for since is sent either. @returns the paper, and the votes that were given up */
export function abandoned(paper: Paper): { paper: Paper; lost: Vote[] } {
  return { paper: { ...refused(paper), wanted: new Map() }, lost: [...paper.wanted.keys()].map(voteOf) };
}

/** A snapshot of all counts; one older than what is known changes nothing. */
export function heard(paper: Paper, { at, songs }: { at: number; songs: SongCounts[] }): Paper {
  const cells = new Map(paper.cells);
  let { flying } = paper;
  for (const { setlistSongId, votes, wishes } of songs) {
    for (const [ballot, count] of [
      ["expect", votes],
      ["wish", wishes],
    ] as const) {
      const key = keyOf({ setlistSongId, ballot });
      const cell = cells.get(key);
      if (!cell) continue;
      if (flying?.key === key) flying = { key, heard: newer({ count, at }, flying.heard ?? cell) };
      else cells.set(key, { mine: cell.mine, ...newer({ count, at }, cell) });
    }
  }
  return { ...paper, cells, ...(flying && { flying }) };
}

/** Which votes are stored, asked after an answer was lost. */
export function mine(paper: Paper, votes: Vote[]): Paper {
  const stored = new Set(votes.map(keyOf));
  const cells = new Map(
    [...paper.cells].map(([key, cell]) => [
      key,
      key === paper.flying?.key ? cell : { ...cell, mine: stored.has(key) },
    ]),
  );
  return { ...paper, cells };
}

/** What the page shows of a song; undefined for one it was not read with. */
export function shown(paper: Paper, setlistSongId: string): SongVotes | undefined {
  const expect = keyOf({ setlistSongId, ballot: "expect" });
  const wish = keyOf({ setlistSongId, ballot: "wish" });
  if (!paper.cells.has(expect)) return undefined;
  const { count: votes, mine: myVote } = shownCell(paper, expect);
  const { count: wishes, mine: myWish } = shownCell(paper, wish);
  return { votes, wishes, myVote, myWish };
}

function shownCell(paper: Paper, key: Key): { count: number; mine: boolean } {
  const cell = paper.cells.get(key) ?? { count: 0, mine: false };
  const mine = paper.wanted.get(key) ?? cell.mine;
  // Never below nothing, nor below one's own: a count heard late may not know of either yet.
  return { mine, count: Math.max(Number(mine), cell.count + Number(mine) - Number(cell.mine)) };
}

/** The later of two; of one moment, the first. A count missed so is told again: every stored vote makes a snapshot. */
function newer<A extends { count: number; at: number }>(a: A | undefined, b: { count: number; at: number }) {
  const { count, at } = a && a.at >= b.at ? a : b;
  return { count, at };
}
