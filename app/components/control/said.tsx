/** What the form that was just sent did, or why not. */
import { useActionData, useSearchParams } from "@remix-run/react";

/** @param props.words by the form's `act`: the sentence, given how many it was done to */
export function Said({ words }: { words: Record<string, (n: number) => string> }) {
  const [params] = useSearchParams();
  const refused = useActionData<{ refused?: { message: string } }>()?.refused;
  if (refused)
    return (
      <p role="alert" className="note note-bad">
        {refused.message}
      </p>
    );
  const done = params.get("done") ?? "";
  const say = Object.hasOwn(words, done) ? words[done] : undefined;
  if (!say) return null;
  return (
    <p role="status" className="note">
      {say(Number(params.get("n") ?? 1) || 0)}
    </p>
  );
}
