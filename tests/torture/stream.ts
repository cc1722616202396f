/** A reader of an import's event stream that keeps what it saw. */
export type Seen = { id: number; stage: string; percentage: number };

export type Follower = {
  seen: Seen[];
  /** resolves when the server closed the stream; false: it broke off */
  closed: Promise<boolean>;
  /** the text after the last whole event */
  rest(): string;
  leave(): void;
};

export async function follow(url: string): Promise<Follower> {
  const leaving = new AbortController();
  const response = await fetch(url, { signal: leaving.signal });
  if (response.status !== 200 || !response.body) throw new Error(`the stream answers ${response.status}`);
  const seen: Seen[] = [];
  let rest = "";
  const read = async (body: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const blocks = (rest + decoder.decode(next.value, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) seen.push(readEvent(block));
    }
  };
  return {
    seen,
    closed: read(response.body).then(
      () => true,
      () => false,
    ),
    rest: () => rest,
    leave: () => leaving.abort(),
  };
}

function readEvent(block: string): Seen {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
  const { stage, percentage } = JSON.parse(field("data")) as { stage: string; percentage: number };
  return { id: Number(field("id")), stage, percentage };
}

/** Places where a percentage or a revision falls; none in a stream that tells the truth. */
export function falls(seen: Seen[]): string[] {
  return seen.flatMap((event, index) => {
    const before = seen[index - 1];
    if (!before || (before.percentage <= event.percentage && before.id < event.id)) return [];
    return [`${before.id}: ${before.percentage} % → ${event.id}: ${event.percentage} %`];
  });
}
