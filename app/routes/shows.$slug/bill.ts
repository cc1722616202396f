/** Who else plays. The seller's order is all that tells a headliner from support, so no more is claimed than that. */
export type Act = { name: string; slug?: string };
export type Bill = { title: string; note?: string; acts: Act[] };

/** With more acts than an evening has, the order says nothing. */
const AN_EVENING = 4;

export function billOf({ bill, artist }: { bill: Act[]; artist: Act }): Bill | undefined {
  const own = bill.findIndex(({ slug, name }) => (slug ? slug === artist.slug : name === artist.name));
  const acts = distinct(bill.filter((act, place) => place !== own && act.name !== artist.name));
  if (acts.length === 0) return undefined;
  if (acts.length >= AN_EVENING) return { title: "Also on the bill", acts };
  if (own === 0) return { title: "Support", note: "As Ticketmaster lists them.", acts };
  if (own < 0) return { title: "Also on the bill", acts };
  return { title: "Also on the bill", note: `Ticketmaster lists ${acts[0]?.name} first.`, acts };
}

/** One act may stand there under two ids. */
function distinct(bill: Act[]): Act[] {
  const acts = new Map<string, Act>();
  for (const { name, slug } of bill) {
    if (!acts.get(name)?.slug) acts.set(name, slug ? { name, slug } : { name });
  }
  return [...acts.values()];
}
