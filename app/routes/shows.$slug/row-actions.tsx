import { useLocation } from "@remix-run/react";
import type { Row } from "./sheet";

const acts = {
  unsuggest: { words: "Take back", field: "songId" },
  hide: { words: "Hide", field: "setlistSongId" },
  restore: { words: "Restore", field: "setlistSongId" },
};
type Act = keyof typeof acts;

/** Forms for all rows at once, as those of the votes. */
export function RowActionForms({ showId }: { showId: string }) {
  const { pathname, search } = useLocation();
  return (Object.keys(acts) as Act[]).map((act) => (
    <form key={act} id={act} method="post" action={pathname + search}>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="showId" value={showId} />
    </form>
  ));
}

/** Taking one's own suggestion back; for administrators, taking a song off the list and putting it back. */
export function RowActions({ row, admin }: { row: Row; admin: boolean }) {
  return (
    <span className="mt-1 flex flex-wrap items-center gap-2 text-sm text-ink-2">
      {row.mySuggestion && <>Your suggestion. </>}
      {row.mySuggestion && <Action act="unsuggest" value={row.mySuggestion} title={row.title} />}
      {row.hidden && <>Hidden: only administrators see it. </>}
      {admin && <Action act={row.hidden ? "restore" : "hide"} value={row.id} title={row.title} />}
    </span>
  );
}

function Action({ act, value, title }: { act: Act; value: string; title: string }) {
  const { words, field } = acts[act];
  return (
    <button form={act} name={field} value={value} aria-label={`${words}: ${title}`} className="btn btn-small">
      {words}
    </button>
  );
}
