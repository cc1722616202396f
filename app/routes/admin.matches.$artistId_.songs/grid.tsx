import type { SerializeFrom } from "@remix-run/node";
import { Link, useSearchParams } from "@remix-run/react";
import { Ask } from "../../components/control/ask";
import { Grid, Heads } from "../../components/control/grid";
import { count, grouped } from "../../formats";
import type { loader } from "./route";
import { hangsOn } from "./words";

type Page = SerializeFrom<typeof loader>;
type Song = Page["songs"][number];

/** @param props.merging the song for which another one is looked for */
export function SongGrid({ songs, merging }: { songs: Song[]; merging: Song | undefined }) {
  return (
    <Grid label="Songs by title">
      <Heads
        of={["Title", "Other names", { num: "Past setlists" }, { num: "Lists" }, { num: "Votes" }, "Change"]}
      />
      <tbody>
        {songs.map((song) => (
          <tr key={song.id}>
            <th scope="row" className="min-w-[110px] max-w-[260px]">
              <bdi>{song.title}</bdi>
              <span className="block font-normal text-ink-2">
                {song.kind === "studio" ? "in the catalogue" : "known from setlists only"}
                {song.apart && ", set apart by hand"}
              </span>
            </th>
            <td className="min-w-[150px]">
              <Names song={song} />
            </td>
            <td className="num">{grouped(song.played)}</td>
            <td className="num">{grouped(song.setlists)}</td>
            <td className="num">{grouped(song.votes)}</td>
            <td className="min-w-[150px]">
              <Change song={song} merging={merging} />
            </td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

function Names({ song }: { song: Song }) {
  if (song.names.length === 0) return <span className="text-ink-2">none</span>;
  return (
    <ul role="list" className="grid gap-2">
      {song.names.map(({ titleKey, title, by }) => (
        <li key={titleKey}>
          <bdi>{title}</bdi>
          {by === "admin" && <span className="text-ink-2">, said by hand</span>}
          <Ask
            summary={
              <>
                Not this song<span className="sr-only">: {title}</span>
              </>
            }
            act="split"
            button={`“${title}” is a song of its own`}
            fields={{ titleKey }}
            question={`“${title}” becomes a song of its own, with what is written so on past setlists. The ${count(song.votes, "vote")} for “${song.title}” stay with it: nobody can tell which were meant for the other.`}
          />
        </li>
      ))}
    </ul>
  );
}

function Change({ song, merging }: { song: Song; merging: Song | undefined }) {
  const [params] = useSearchParams();
  if (merging?.id === song.id) return <span className="text-ink-2">this one</span>;
  if (!merging) {
    const to = new URLSearchParams(params);
    for (const passing of ["done", "n", "after", "q"]) to.delete(passing);
    to.set("merge", song.id);
    return (
      <Link to={`?${to}`} aria-label={`${song.title} is another song`}>
        Is another song …
      </Link>
    );
  }
  return (
    <Ask
      summary={
        <>
          The same<span className="sr-only"> as {song.title}</span>
        </>
      }
      act="merge"
      button={`Make them one: “${song.title}”`}
      fields={{ songId: merging.id, intoSongId: song.id }}
      question={`“${merging.title}” has ${hangsOn(merging)}. All of it becomes that of “${song.title}”; a fan who voted for both has one vote then. Votes cannot be parted again.`}
    />
  );
}
