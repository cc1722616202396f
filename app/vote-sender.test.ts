import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ballot, SongVotes, Vote } from "./vote-paper";
import { shown } from "./vote-paper";
import { createSender, NOT_SAVED, Refusal } from "./vote-sender";

const songs = ["a", "b"];
const ballots: Ballot[] = ["expect", "wish"];
const keyOf = ({ setlistSongId, ballot }: Vote) => `${setlistSongId} ${ballot}`;

/** A server whose every step is the test's: what is asked waits until it is stored, refused or lost. */
function scene() {
  let clock = 0;
  const others = new Map<string, number>();
  const mine = new Set<string>();
  const waiting: { store: () => void; settle: (how: "answer" | "refuse" | "lose") => void }[] = [];
  const mail: { at: number; songs: ({ setlistSongId: string } & SongVotes)[] }[] = [];

  const count = (vote: Vote) => (others.get(keyOf(vote)) ?? 0) + Number(mine.has(keyOf(vote)));
  const song = (setlistSongId: string) => ({
    setlistSongId,
    votes: count({ setlistSongId, ballot: "expect" }),
    wishes: count({ setlistSongId, ballot: "wish" }),
    myVote: mine.has(`${setlistSongId} expect`),
    myWish: mine.has(`${setlistSongId} wish`),
  });
  const sender = createSender({
    send: (vote, cast) =>
      new Promise((resolve, reject) => {
        let answer: Parameters<typeof resolve>[0] | undefined;
        const store = () => {
          if (cast) mine.add(keyOf(vote));
          else mine.delete(keyOf(vote));
          answer ??= { ...song(vote.setlistSongId), at: ++clock };
        };
        const settle = (how: "answer" | "refuse" | "lose") => {
          waiting.shift();
          if (how === "lose") return reject(new Error("the line is cut"));
          if (how === "refuse" && !answer) return reject(new Refusal("Not counted."));
          store();
          resolve(answer!);
        };
        waiting.push({ store, settle });
      }),
    mine: async () =>
      [...mine].map((key) => {
        const [setlistSongId, ballot] = key.split(" ") as [string, Ballot];
        return { setlistSongId, ballot };
      }),
  });
  sender.read(songs.map(song));
  return {
    sender,
    mine,
    waiting,
    mail,
    another: (vote: Vote) => void others.set(keyOf(vote), (others.get(keyOf(vote)) ?? 0) + 1),
    post: () => void mail.push({ at: ++clock, songs: songs.map(song) }),
    server: () => songs.map(song),
    shown: () =>
      songs.map((setlistSongId) => ({ setlistSongId, ...shown(sender.get().paper, setlistSongId) })),
  };
}
type Scene = ReturnType<typeof scene>;
const turn = () => new Promise((resolve) => setImmediate(resolve));

const voteOf = fc.record({ setlistSongId: fc.constantFrom(...songs), ballot: fc.constantFrom(...ballots) });
const own = [
  voteOf.map((vote) => ({ name: "tap", vote }) as const),
  fc.constantFrom(
    { name: "store" } as const,
    { name: "answer" } as const,
    { name: "post" } as const,
    { name: "deliver" } as const,
  ),
];
const troubles = [
  voteOf.map((vote) => ({ name: "another", vote }) as const),
  fc.constantFrom({ name: "refuse" } as const, { name: "lose" } as const),
];

async function play({ sender, waiting, mail, another, post }: Scene, event: Event) {
  if (event.name === "tap") sender.tap(event.vote);
  else if (event.name === "another") another(event.vote);
  else if (event.name === "post") post();
  else if (event.name === "deliver") {
    const next = mail.shift();
    if (next) sender.heard(next);
  } else if (event.name === "store") waiting[0]?.store();
  else waiting[0]?.settle(event.name);
  await turn();
}
type Event =
  | { name: "tap" | "another"; vote: Vote }
  | { name: "store" | "answer" | "post" | "deliver" | "refuse" | "lose" };

async function settle(at: Scene) {
  while (at.waiting.length > 0) await play(at, { name: "answer" });
  at.post();
  while (at.mail.length > 0) await play(at, { name: "deliver" });
}

describe("a page's votes", () => {
  it("end as the server has them, whatever is refused, lost or heard late", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(...own, ...troubles), { maxLength: 40 }), async (events) => {
        const at = scene();
        for (const event of events) await play(at, event);
        await settle(at);
        expect(at.shown()).toEqual(at.server());
      }),
    );
  });

  it("show the last tap at once and count it once, and the server ends with it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(...own), { maxLength: 40 }), async (events) => {
        const at = scene();
        const last = new Map<string, boolean>();
        for (const event of events) {
          await play(at, event);
          if (event.name === "tap") last.set(keyOf(event.vote), !last.get(keyOf(event.vote)));
          for (const { setlistSongId, ...song } of at.shown()) {
            expect(song.myVote).toBe(last.get(`${setlistSongId} expect`) ?? false);
            expect(song.myWish).toBe(last.get(`${setlistSongId} wish`) ?? false);
            expect([song.votes, song.wishes]).toEqual([Number(song.myVote), Number(song.myWish)]);
          }
        }
        await settle(at);
        expect([...at.mine].sort()).toEqual([...last].flatMap(([key, cast]) => (cast ? [key] : [])).sort());
      }),
    );
  });

  const vote: Vote = { setlistSongId: "a", ballot: "expect" };

  it("wait for the first answer, and its cookie, before the second is sent", async () => {
    const at = scene();
    at.sender.tap(vote);
    at.sender.tap({ ...vote, ballot: "wish" });
    await turn();
    expect(at.waiting).toHaveLength(1);
    await play(at, { name: "answer" });
    expect(at.waiting).toHaveLength(1);
    expect(at.server()[0]).toMatchObject({ myVote: true, myWish: false });
  });

  it("send nothing for what was taken back before its turn came", async () => {
    const at = scene();
    at.sender.tap(vote);
    at.sender.tap({ setlistSongId: "b", ballot: "wish" });
    at.sender.tap({ setlistSongId: "b", ballot: "wish" });
    await play(at, { name: "answer" });
    expect(at.waiting).toHaveLength(0);
  });

  it("say the server's sentence beside the song until it is tapped again", async () => {
    const at = scene();
    at.sender.tap(vote);
    await play(at, { name: "refuse" });
    expect(at.shown()[0]).toMatchObject({ votes: 0, myVote: false });
    expect(at.sender.get().refusals).toEqual(new Map([["a", "Not counted."]]));
    at.sender.tap(vote);
    expect(at.sender.get().refusals).toEqual(new Map());
  });

  it("give up all that waits when nobody answers, and find out later what was stored", async () => {
    const at = scene();
    at.sender.tap(vote);
    at.sender.tap({ setlistSongId: "b", ballot: "expect" });
    await play(at, { name: "store" });
    await play(at, { name: "lose" });
    expect([...at.sender.get().refusals]).toEqual([
      ["a", NOT_SAVED],
      ["b", NOT_SAVED],
    ]);
    expect(at.waiting).toHaveLength(0);
    expect(at.shown().map(({ myVote }) => myVote)).toEqual([true, false]);
  });
});
