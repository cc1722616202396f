/** The id in what a visitor pasted: an artist's link at Ticketmaster, or the bare id. */
export function attractionId(pasted: string): { id: string } | { problem: string } {
  const text = pasted.trim();
  if (text === "") return { problem: "Paste the link of an artist at Ticketmaster, or the artist's id." };
  if (!/[/.]/.test(text)) return { id: text };
  const link = /(?:^|\.|\/\/)ticketmaster\.[a-z.]+\/(.*)$/i.exec(text)?.[1];
  if (link === undefined) return { problem: "This is no link to Ticketmaster." };
  const id = /(?:^|\/)(?:artist|attraction)\/([A-Za-z0-9_-]+)/.exec(link)?.[1];
  if (id) return { id };
  const event = /(?:^|\/)event\//.test(link);
  return {
    problem: event
      ? "This is the link of an event, not of an artist."
      : "This link names no artist. It should have /artist/ in it.",
  };
}
