/** States as tabs, and what else narrows the list; all of it is in the address. */
import { Form, Link, useSearchParams } from "@remix-run/react";
import { grouped } from "../../formats";
import { jobTabs } from "../../job-words";

type Filter = { state: string; q: string; errorKey: string };
type Figures = { waiting: number; active: number; failed: number };

export function Tabs({ state, queue }: { state: string; queue: Figures | undefined }) {
  const [params] = useSearchParams();
  const counted: Record<string, number | undefined> = { ...queue };
  const to = (tab: string) => {
    const next = new URLSearchParams({ state: tab });
    const q = params.get("q");
    if (q) next.set("q", q);
    return `?${next}`;
  };
  return (
    <nav aria-label="States" className="control-nav mt-4">
      {jobTabs.map((tab) => (
        <Link key={tab} to={to(tab)} aria-current={tab === state ? "page" : undefined}>
          {tab.charAt(0).toUpperCase() + tab.slice(1)}
          {counted[tab] !== undefined && <> {grouped(counted[tab])}</>}
        </Link>
      ))}
    </nav>
  );
}

export function Filters({ filter }: { filter: Filter }) {
  return (
    <>
      <Form method="get" className="filters">
        <input type="hidden" name="state" value={filter.state} />
        {filter.errorKey && <input type="hidden" name="error" value={filter.errorKey} />}
        <label>
          In the payload
          <input type="search" name="q" defaultValue={filter.q} maxLength={100} autoComplete="off" />
        </label>
        <button className="btn">Filter</button>
        {(filter.q || filter.errorKey) && (
          <Link to={`?state=${filter.state}`} className="btn">
            Take filters away
          </Link>
        )}
      </Form>
      {filter.errorKey && (
        <p className="mt-2">
          Only those that failed with: <bdi>{filter.errorKey}</bdi>
        </p>
      )}
    </>
  );
}
