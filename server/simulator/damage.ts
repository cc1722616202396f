/** Answers that are JSON and yet wrong: what each fault makes of a good one. Pure. */

type Change = (value: unknown, key: string) => unknown;

/** Each value that holds no others, with the name it goes by (a list's name for what is in it). */
function leaves(value: unknown, change: Change, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => leaves(item, change, key));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, leaves(one, change, name)]));
  return change(value, key);
}

/** Each outermost list of the answer's own fields and theirs; what is inside its entries stays. */
function lists(value: unknown, change: (list: unknown[]) => unknown[]): unknown {
  if (Array.isArray(value)) return change(value);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, lists(one, change)]));
  return value;
}

const upside: Record<string, (value: unknown) => unknown> = {
  string: (value) => ({ text: value }),
  number: String,
  boolean: (value) => (value ? "yes" : "no"),
};

const inText =
  (keys: RegExp, change: (text: string) => string): Change =>
  (value, key) =>
    keys.test(key) && typeof value === "string" ? change(value) : value;

const names = /^(name|title)$/;
/** `total` of setlist.fm and Spotify, Ticketmaster's two, MusicBrainz' `release-group-count` */
const totals = /^(total|totalElements|totalPages|[a-z-]*count)$/;
const dates = /date|^(begin|end|lastUpdated|dateTime)$/i;
const MANY = 100_000;
const ENDLESS = 10_000_000;

export const damages = {
  "wrong-types": (body: unknown) => leaves(body, (value) => upside[typeof value]?.(value) ?? value),
  nul: (body: unknown) =>
    leaves(
      body,
      inText(/^name$/, (text) => `${text}\u0000\ud83d`),
    ),
  nulls: (body: unknown) => leaves(body, () => null),
  script: (body: unknown) =>
    leaves(
      body,
      inText(names, (text) => `<script>alert(1)</script>\u202e${text}`),
    ),
  long: (body: unknown) =>
    leaves(
      body,
      inText(names, (text) => `${text} ${"long ".repeat(1_000)}`),
    ),
  twins: (body: unknown) => lists(body, (list) => [...list, ...list]),
  many: (body: unknown) =>
    lists(body, (list) => (list.length === 0 ? list : [...list, ...Array<object>(MANY).fill({})])),
  endless: (body: unknown) =>
    leaves(body, (value, key) => (totals.test(key) && typeof value === "number" ? ENDLESS : value)),
  dates: (body: unknown) =>
    leaves(
      body,
      inText(dates, () => "-000044-03-15"),
    ),
} as const satisfies Record<string, (body: unknown) => unknown>;

export type Damage = keyof typeof damages;
