import { CalendarPlus } from "./icons";

type Props = {
  /** of the calendar, from our root */
  path: string;
  origin: string;
  /** whose shows they are, for who hears the link out of its place */
  what: string;
};

/**
 * The way to a calendar, twice: `webcal:` tells programs to look again by themselves, and whoever has none that listens
 * to it takes the file.
 */
export function Subscribe({ path, origin, what }: Props) {
  return (
    <span className="flex flex-wrap items-center gap-x-4 text-[15px]">
      <a href={`${origin.replace(/^https?:/, "webcal:")}${path}`} className="tap gap-1.5">
        <CalendarPlus size={16} aria-hidden="true" className="flex-none" />
        <span>
          Subscribe<span className="sr-only"> to {what}</span>
        </span>
      </a>
      <a href={path} className="tap">
        As a file<span className="sr-only">: {what}</span>
      </a>
    </span>
  );
}
