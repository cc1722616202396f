/** In place of a list whose question was cut off. */
export function Slow() {
  return (
    <p className="note note-warn">
      This list was cut off: the database took longer than a second for it. Nothing is broken. Ask for less,
      with the fields above, or load the page again.
    </p>
  );
}
