const parts = [
  ["A vote of the last 7 days", "10"],
  ["A coming show", "5"],
  ["A view of the last 30 days", "3"],
  ["Popularity at Spotify, 0 to 100", "2 a point"],
  ["10,000 followers at Spotify", "1, at most 100"],
  ["Somebody voted or looked within 7 days", "20"],
  ["… or within 30 days", "10"],
] as const;

/** How the score is made, in full: whoever wonders may add it up. */
export function Score() {
  return (
    <section id="score">
      <h2>How the score is made</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">What counts</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(([what, points]) => (
            <tr key={what}>
              <th scope="row" className="font-normal">
                {what}
              </th>
              <td>{points}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pt-2 text-sm text-ink-2">
        Votes are Will play and Want together. A view counts once a day and visitor. What is not known of an
        artist counts nothing. A show is scored by its own votes and views, and by its artist’s popularity and
        followers. Listed is who has a coming show; of equal scores the nearer show comes first.
      </p>
    </section>
  );
}
