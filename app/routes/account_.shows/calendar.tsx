import { Form } from "@remix-run/react";
import { Subscribe } from "../../components/subscribe";

/** @param props.path of the fan's own calendar; undefined until they ask for one */
export function Calendar({ path, origin }: { path?: string; origin: string }) {
  return (
    <section id="calendar" aria-labelledby="my-calendar">
      <h2 id="my-calendar">In my calendar</h2>
      <p className="pb-2 text-sm text-ink-2">
        All these shows in the calendar you have already: new dates appear, moved ones move, cancelled ones
        say so.
      </p>
      {path ? <Address path={path} origin={origin} /> : <Make />}
    </section>
  );
}

function Make() {
  return (
    <Form method="post" preventScrollReset>
      <button name="act" value="calendar" className="btn btn-small">
        Make a calendar
      </button>
    </Form>
  );
}

function Address({ path, origin }: { path: string; origin: string }) {
  return (
    <div className="grid gap-3">
      <Subscribe path={path} origin={origin} what="my shows" />
      <label className="text-sm">
        Its address, for calendars that want to be told
        <input readOnly value={origin + path} className="field mt-0.5" />
      </label>
      <p className="text-small text-ink-2">
        Whoever has this address sees what you follow. A new one ends the old.
      </p>
      <Form method="post" preventScrollReset>
        <button name="act" value="new-calendar" className="btn btn-small">
          New address
        </button>
      </Form>
    </div>
  );
}
