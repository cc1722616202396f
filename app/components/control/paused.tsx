/** Queues that are held: who did it, when and why, with the way back. On every page about queues, the overview too. */
import { Form } from "@remix-run/react";
import { CirclePause } from "../icons";

/** `at`: "Fri 27 Nov, 14:02" by UTC, made in a loader. `by` null: somebody who has left. */
export type PausedQueue = { name: string; at: string; by: string | null; reason: string | null };

/** @param props.action whose action resumes (`act=resume`, `queue`); without it the page's own */
export function Paused({ queues, action }: { queues: PausedQueue[]; action?: string }) {
  return queues.map(({ name, at, by, reason }) => (
    <div key={name} className="note note-warn flex flex-wrap items-center gap-x-3 gap-y-1">
      <p>
        <CirclePause size={16} aria-hidden="true" className="mr-1 inline align-[-3px]" />
        <b>{name} is paused</b> by <bdi>{by ?? "somebody who has left"}</bdi> since {at} UTC
        {reason === null ? (
          "."
        ) : (
          <>
            : “<bdi>{reason}</bdi>”.
          </>
        )}{" "}
        Its jobs wait; what was running goes on.
      </p>
      <Form method="post" action={action}>
        <input type="hidden" name="act" value="resume" />
        <input type="hidden" name="queue" value={name} />
        <button className="btn">
          Resume <span className="sr-only">{name}</span>
        </button>
      </Form>
    </div>
  ));
}
