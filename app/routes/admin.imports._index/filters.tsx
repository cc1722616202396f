import { Form, Link } from "@remix-run/react";
import type { Filters as Values } from "./page.server";

/** By GET: what is looked at is in the address, and can be sent to somebody. */
export function Filters({ values }: { values: Values }) {
  const filtered = values.state || values.q || values.text || values.from || values.to;
  return (
    // A new form for new values: a link that takes filters away empties the fields too.
    <Form method="get" className="filters" key={JSON.stringify(values)}>
      <label>
        Kind
        <select name="kind" defaultValue={values.kind}>
          <option value="import">Whole imports</option>
          <option value="sync">Single steps</option>
        </select>
      </label>
      <label>
        State
        <select name="state" defaultValue={values.state ?? ""}>
          <option value="">Any</option>
          <option value="running">Running</option>
          <option value="completed">Complete</option>
          <option value="partial">Partial</option>
          <option value="failed">Failed</option>
          <option value="cancelled">Cancelled</option>
        </select>
      </label>
      <label>
        Artist
        <input type="search" name="q" defaultValue={values.q} maxLength={200} autoComplete="off" />
      </label>
      <label>
        In its last words
        <input type="search" name="text" defaultValue={values.text} maxLength={200} autoComplete="off" />
      </label>
      <label>
        Started from
        <input type="date" name="from" defaultValue={values.from} />
      </label>
      <label>
        to, UTC
        <input type="date" name="to" defaultValue={values.to} />
      </label>
      <button className="btn">Filter</button>
      {filtered && (
        <Link to={`?kind=${values.kind}`} className="btn">
          Take filters away
        </Link>
      )}
    </Form>
  );
}
