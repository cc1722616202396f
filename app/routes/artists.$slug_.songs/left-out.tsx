type Recording = {
  id: string;
  title: string;
  albumName: string | null;
  why: string;
  from: { name: string; url: string };
};

/** For the curious: every recording that stands for no song of the list, and what gave it away. */
export function LeftOut({ recordings }: { recordings: Recording[] }) {
  return (
    <ol role="list" aria-labelledby="list" className="rows">
      {recordings.map(({ id, title, albumName, why, from }) => (
        <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 py-2.5">
          <span>
            <b>
              <bdi>{title}</bdi>
            </b>
            {albumName && (
              <span className="block text-sm text-ink-2">
                <bdi>{albumName}</bdi>
              </span>
            )}
            <span className="block text-[15px]">{why}</span>
          </span>
          <a href={from.url} className="inline-flex min-h-6 items-center self-start text-sm">
            {from.name}
            <span className="sr-only">
              : <bdi>{title}</bdi>
            </span>
          </a>
        </li>
      ))}
    </ol>
  );
}
