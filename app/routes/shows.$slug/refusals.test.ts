import { expect, it } from "vitest";
import { refusedIn } from "./refusals";

const voting = { open: true, label: "", sentence: "Voting closed at 20:45", why: ".", rest: "" };
const open = { ...voting, closesAt: null };
const closed = { ...open, open: false };
const left = (expect: number, wish: number) => ({
  expect: { used: expect, most: 25 },
  wish: { used: wish, most: 5 },
});
const full = "Not counted: you have used all 5 Wants for this show. Take one back first.";

it.each([
  ["wants are used up", "refused=FORBIDDEN&on=wish&song=s1", open, left(3, 5), full],
  ["that is no longer so", "refused=FORBIDDEN&on=wish&song=s1", open, left(3, 4), undefined],
  [
    "the other ballot is used up",
    "refused=FORBIDDEN&on=expect&song=s1",
    open,
    left(25, 0),
    "Not counted: you have used all 25 Will plays for this show. Take one back first.",
  ],
  [
    "voting is over",
    "refused=FORBIDDEN&on=wish&song=s1",
    closed,
    left(0, 0),
    "Not counted. Voting closed at 20:45.",
  ],
  [
    "a suggestion is one too many",
    "refused=FORBIDDEN&on=suggest",
    open,
    left(0, 5),
    "Not added: you have suggested as many songs for this show as one may. Take one back first.",
  ],
  ["it is a word of somebody else's", "refused=You+have+won&song=s1", open, left(0, 0), undefined],
  ["nothing was refused", "", open, left(0, 5), undefined],
] as const)("says what is true when %s", (_, search, state, used, sentence) => {
  expect(refusedIn(new URLSearchParams(search), state, used)?.sentence).toBe(sentence);
});
