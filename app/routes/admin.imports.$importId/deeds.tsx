import { Link } from "@remix-run/react";
import { Ask } from "../../components/control/ask";
import { Press } from "../../components/control/press";
import type { SaidPage } from "./page.server";

const steps = [
  ["identity", "Only identify"],
  ["shows", "Only shows"],
  ["songs", "Only songs"],
  ["past-setlists", "Only past setlists and odds"],
] as const;

/** What can be done about an import. */
export function Deeds({ page }: { page: SaidPage }) {
  const { importId, artistId, slug, kind, running, name, hasName } = page;
  return (
    <div className="my-3 flex flex-wrap items-start gap-2">
      {running ? (
        <Ask
          summary={kind === "import" ? "Cancel this import" : "Cancel this step"}
          question={`No service is asked for ${name} any more from a second after this. What was read stays, and it can be started again at once.`}
          act="cancel"
          button="Cancel it now"
          fields={{ importId }}
        />
      ) : (
        <Press act="again" fields={{ importId }}>
          {kind === "import" ? "Import again" : "This step again"}
        </Press>
      )}
      {hasName &&
        steps.map(([step, words]) => (
          <Press key={step} act="sync" fields={{ artistId, step }}>
            {words}
          </Press>
        ))}
      <Link to={`/artists/${slug}`} className="btn">
        Artist page
      </Link>
      <Link to={`/admin/imports?kind=${kind}&q=${slug}`} className="btn">
        All of this artist
      </Link>
      <Link to={page.jobs} className="btn">
        Its jobs
      </Link>
      <Link to={`/admin/matches/${artistId}`} className="btn">
        Match
      </Link>
    </div>
  );
}
