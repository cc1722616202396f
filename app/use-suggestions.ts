/** What is here by a name that is being typed. Without script, or while this fails, the plain form does it all. */
import { useEffect, useState } from "react";
import { type Option, optionsOf } from "./suggestions";

/** Fast typists pause no longer between two letters. */
const PAUSE_MS = 150;
/** One letter begins half of all names. */
const LEAST = 2;

const none: Option[] = [];

/** @param text what stands in the field; undefined: nobody is typing */
export function useSuggestions(text: string | undefined): Option[] {
  const [answer, setAnswer] = useState<{ text: string; options: Option[] }>();
  const asked = text !== undefined && text.trim().length >= LEAST ? text : undefined;
  useEffect(() => {
    if (asked === undefined) return;
    const stale = new AbortController();
    const timer = setTimeout(() => {
      suggest(asked, stale.signal)
        .then((options) => setAnswer({ text: asked, options }))
        // A search is one press of Enter away: no answer is worth no message, and what was offered for another text goes.
        .catch(() => stale.signal.aborted || setAnswer(undefined));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stale.abort();
    };
  }, [asked]);
  // Until the next answer the last one stays, so that the list does not flicker at every letter.
  return asked === undefined ? none : (answer?.options ?? none);
}

/** The client is fetched with the first letter: most visitors never search. */
async function suggest(q: string, signal: AbortSignal): Promise<Option[]> {
  const { trpc } = await import("./trpc.client");
  return optionsOf(await trpc.search.suggest.query({ q }, { signal }));
}
