/** Holds a queue, with a reason for whoever comes after, or lets it go on. */
import { Form } from "@remix-run/react";
import { Press } from "./press";

export function PauseForm({ queue, paused }: { queue: string; paused: boolean }) {
  if (paused)
    return (
      <Press act="resume" fields={{ queue }} name={`Resume ${queue}`}>
        Resume
      </Press>
    );
  return (
    <details className="ask">
      <summary className="btn">
        Pause <span className="sr-only">{queue}</span>
      </summary>
      <Form method="post" className="note note-warn grid min-w-56 gap-2 whitespace-normal">
        <input type="hidden" name="act" value="pause" />
        <input type="hidden" name="queue" value={queue} />
        <label className="grid gap-1">
          Why, for the others
          <input
            name="reason"
            maxLength={300}
            className="min-h-9 rounded border border-edge bg-sheet px-2"
            autoComplete="off"
          />
        </label>
        <p>
          <button className="btn">Pause {queue}</button>
        </p>
      </Form>
    </details>
  );
}
