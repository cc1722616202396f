/**
 * The page's one polite live region: pieces say something through it and render none of their own, so that a screen
 * reader hears them one after another and a test can tell what is said.
 */
import { useEffect, useSyncExternalStore } from "react";

let said = "";
const listeners = new Set<() => void>();

export function say(text: string): void {
  if (text === said) return;
  said = text;
  for (const listener of listeners) listener();
}

/** Says `text` whenever it changes; what was said goes with the piece that said it. */
export function useSay(text: string): void {
  useEffect(() => {
    if (!text) return;
    say(text);
    return () => {
      if (said === text) say("");
    };
  }, [text]);
}

/** What is said now; nothing while the server renders. */
export function useSaid(): string {
  return useSyncExternalStore(subscribe, read, readOnServer);
}

const read = () => said;
const readOnServer = () => "";

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
