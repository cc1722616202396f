import { Subscribe } from "../../components/subscribe";

type Props = { slug: string; name: string; origin: string };

export function Calendar({ slug, name, origin }: Props) {
  return (
    <section aria-labelledby="calendar">
      <h2 id="calendar">In my calendar</h2>
      <p className="pb-2 text-sm text-ink-2">Their coming shows, kept up to date.</p>
      <Subscribe path={`/calendar/artists/${slug}.ics`} origin={origin} what={`${name}’s shows`} />
    </section>
  );
}
