/** The icons in use, one module each: the package's index would load all 1,700 on the server. */
export { default as ArrowUpRight } from "lucide-react/icons/arrow-up-right";
export { default as Ban } from "lucide-react/icons/ban";
export { default as CalendarClock } from "lucide-react/icons/calendar-clock";
export { default as ChevronRight } from "lucide-react/icons/chevron-right";
export { default as CircleCheck } from "lucide-react/icons/circle-check";
export { default as CircleDashed } from "lucide-react/icons/circle-dashed";
export { default as CircleSlash } from "lucide-react/icons/circle-slash";
export { default as CircleX } from "lucide-react/icons/circle-x";
export { default as Clock } from "lucide-react/icons/clock";
export { default as Hourglass } from "lucide-react/icons/hourglass";
export { default as LoaderCircle } from "lucide-react/icons/loader-circle";
export { default as Lock } from "lucide-react/icons/lock";
export { default as Plus } from "lucide-react/icons/plus";
export { default as RefreshCw } from "lucide-react/icons/refresh-cw";
export { default as Search } from "lucide-react/icons/search";
export { default as Ticket } from "lucide-react/icons/ticket";
export { default as TriangleAlert } from "lucide-react/icons/triangle-alert";
