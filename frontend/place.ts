/** A list with a scroll bar of its own that comes anew stays where the reader had it: `data-keeps-place="name"`. */
const places = new Map<string, number>();

function lists(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>("[data-keeps-place]");
}

/** Remembers how far each such list is scrolled. */
export function leaving(): void {
  places.clear();
  for (const list of lists()) places.set(list.dataset.keepsPlace ?? "", list.scrollTop);
}

/** Brings each list of the same name back there. */
export function came(): void {
  for (const list of lists()) {
    const place = places.get(list.dataset.keepsPlace ?? "");
    if (place) list.scrollTop = place;
  }
}

document.addEventListener("htmx:before:swap", leaving);
document.addEventListener("htmx:after:swap", came);
