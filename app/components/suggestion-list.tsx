import type { Option } from "../suggestions";

const groups = ["Artists", "Venues", "Cities"] as const;

type Props = {
  id: string;
  label: string;
  options: Option[];
  /** the option that Enter would open, or -1 */
  active: number;
  onChoose(option: Option): void;
};

/** Under the field, in groups; the focus stays in the field. */
export function SuggestionList({ id, label, options, active, onChoose }: Props) {
  return (
    <div
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label={label}
      className="absolute inset-x-0 top-full z-20 max-h-[70vh] overflow-y-auto border-[1.5px] border-t-0 border-ink bg-sheet py-1 text-left"
      // The field would lose the focus, and the list close before the press has ended.
      onMouseDown={(event) => event.preventDefault()}
    >
      {groups.map((group) => {
        const inGroup = options.filter((option) => option.group === group);
        if (inGroup.length === 0) return null;
        return (
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <div id={`${id}-${group}`} role="presentation" className="px-3 pb-0.5 pt-2 text-sm text-ink-2">
              {group}
            </div>
            {inGroup.map((option) => (
              <Suggestion
                key={option.to}
                id={`${id}-${options.indexOf(option)}`}
                option={option}
                selected={options[active] === option}
                onChoose={onChoose}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Suggestion({
  id,
  option,
  selected,
  onChoose,
}: { id: string; option: Option; selected: boolean } & Pick<Props, "onChoose">) {
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the focus and its keys are the field's
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className="flex min-h-11 cursor-pointer flex-wrap items-baseline gap-x-3 px-3 py-2 hover:bg-sunk aria-selected:bg-ink aria-selected:text-sheet"
      ref={selected ? intoView : undefined}
      onClick={() => onChoose(option)}
    >
      <bdi className="title text-[20px] leading-6">{option.title}</bdi>
      <bdi className={`text-sm ${selected ? "" : "text-ink-2"}`}>{option.note}</bdi>
    </div>
  );
}

const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });
