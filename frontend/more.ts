/**
 * "Show more" adds rows to a list and takes its own link away. The focus would fall to the top of the page:
 * it goes to the first of the new rows, so that keyboards and screen readers go on where they were.
 */
let list: Element | null = null;
let had = 0;

/** Remembers how long the list is when its link is pressed. */
export function pressed(event: Event): void {
  const link = (event.target as Element | null)?.closest(".more a[hx-target]");
  if (!link) return;
  list = document.querySelector(link.getAttribute("hx-target") ?? "");
  had = list?.children.length ?? 0;
}

/** Goes to the first row that came after that. */
export function settled(event: Event): void {
  const first = event.target === list ? list?.children[had] : null;
  if (!first) return;
  list = null;
  first.querySelector<HTMLElement>("a[href], button")?.focus({ preventScroll: true });
}

document.addEventListener("click", pressed);
document.addEventListener("htmx:after:settle", settled);
