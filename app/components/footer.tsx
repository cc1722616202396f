import { Form, Link, useLocation } from "@remix-run/react";
import { type Theme, themes } from "../theme";
import { SpoilerSwitch } from "./spoiler-switch";

const names: Record<Theme, string> = { system: "Device", light: "Light", dark: "Dark" };

export function Footer({ theme, simulated }: { theme: Theme; simulated: boolean }) {
  return (
    <footer className="site-foot border-t-2 border-ink pb-10 pt-5 text-sm text-ink-2">
      <div className="wrap flex flex-wrap items-center gap-x-6 gap-y-2">
        <p>
          {simulated && <>Every artist here is invented: this copy runs on simulated sources. </>}
          Setlists: <a href="https://www.setlist.fm/">setlist.fm</a>. Dates:{" "}
          <a href="https://www.ticketmaster.com/">Ticketmaster</a>. Songs:{" "}
          <a href="https://open.spotify.com/">Spotify</a>, <a href="https://musicbrainz.org/">MusicBrainz</a>.
        </p>
        <Link to="/about" className="tap">
          How the odds are made
        </Link>
        <Link to="/leaderboard" className="tap">
          The record
        </Link>
        <ColourSwitch theme={theme} />
        <SpoilerSwitch />
      </div>
    </footer>
  );
}

function ColourSwitch({ theme }: { theme: Theme }) {
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/theme" preventScrollReset>
      <fieldset className="flex flex-wrap items-center gap-1.5">
        <legend className="float-left mr-1.5">Colours</legend>
        <input type="hidden" name="redirectTo" value={pathname + search} />
        {themes.map((value) => (
          <button
            key={value}
            name="theme"
            value={value}
            aria-pressed={theme === value}
            className="btn btn-small"
          >
            {names[value]}
          </button>
        ))}
      </fieldset>
    </Form>
  );
}
