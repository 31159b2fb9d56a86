/** A list with a scroll bar of its own that comes anew stays where the reader had it: `data-keeps-place="name"`. */
interface Place {
  /** How far the list is scrolled. */
  inside: number;
  /** Where it stands in the window. */
  top: number;
}

const places = new Map<string, Place>();
/** The page has become too short to bring the list back: once more with the next part that comes, unless the reader moves. */
let owed = false;

function lists(): [string, HTMLElement][] {
  return [...document.querySelectorAll<HTMLElement>("[data-keeps-place]")].map((list) => [list.dataset.keepsPlace ?? "", list]);
}

function topOf(list: HTMLElement): number {
  return Math.round(list.getBoundingClientRect().top);
}

/** Remembers how far each such list is scrolled, and where it stands in the window. */
export function leaving(): void {
  const before = owed ? new Map(places) : undefined;
  places.clear();
  for (const [name, list] of lists()) places.set(name, { inside: list.scrollTop, top: before?.get(name)?.top ?? topOf(list) });
}

/** Brings each list of the same name back there. */
export function came(): void {
  owed = false;
  for (const [name, list] of lists()) {
    const place = places.get(name);
    if (!place) continue;
    if (place.inside) list.scrollTop = place.inside;
    if (topOf(list) !== place.top) window.scrollBy(0, topOf(list) - place.top);
    owed ||= topOf(list) !== place.top;
  }
}

function moves(): void {
  owed = false;
}

document.addEventListener("htmx:before:swap", leaving);
document.addEventListener("htmx:after:swap", came);
for (const moved of ["wheel", "touchmove", "keydown", "pointerdown"]) document.addEventListener(moved, moves, { passive: true });
