/** A queue's state as shape, word and colour. */
import { queueState, type QueueFigures } from "#rules/queue-state";
import { State } from "./state";

export function QueueState({ queue }: { queue: QueueFigures }) {
  switch (queueState(queue)) {
    case "behind":
      return <State kind="behind">Behind</State>;
    case "paused":
      return <State kind="paused">Paused</State>;
    case "failing":
      return <State kind="failed">Has failed jobs</State>;
    case "busy":
      return <State kind="busy">Busy</State>;
    case "fine":
      return <State kind="idle">Idle</State>;
  }
}
