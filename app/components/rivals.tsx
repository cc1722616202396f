import type { RivalRow } from "../scorers";

/** The machine beside its rivals: songs right of 100 played, and the error of the odds. */
export function Rivals({ rows }: { rows: RivalRow[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col" className="!text-right">
            Right of 100
          </th>
          <th scope="col" className="!text-right">
            Error
          </th>
          <th scope="col" className="!pr-0 !text-right">
            Shows
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ who, right, give, error, shows, note }) => (
          <tr key={who}>
            <th scope="row" className="font-[650]">
              {who}
              {note && <span className="block text-xs font-normal text-ink-2">{note}</span>}
            </th>
            <td className="whitespace-nowrap !text-right">
              <b>{right}</b>
              {give && <span className="text-ink-2"> {give}</span>}
            </td>
            <td className="!text-right">{error}</td>
            <td className="!pr-0 !text-right">{shows}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
