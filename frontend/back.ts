/**
 * Going back within one address (an open sheet is such a step of history) shows what is there already.
 *
 * htmx takes every step back for a way to another page and fetches that page anew; at the same address
 * that would only take away the reader's place, the focus and what was typed.
 */
export type Going = Event & { navigationType: string; destination: { url: string } };

const here = () => location.pathname + location.search;

let shown = here();

// Where the browser tells beforehand, htmx must not hear of it: a step that is intercepted ends with the focus taken away.
(window as { navigation?: EventTarget }).navigation?.addEventListener(
  "navigate",
  (event) => {
    const { navigationType, destination } = event as Going;
    const { pathname, search } = new URL(destination.url);
    if (navigationType === "traverse" && pathname + search === here()) event.stopImmediatePropagation();
  },
  { capture: true },
);

// Where it does not, htmx asks here before it fetches.
document.addEventListener("htmx:after:history:update", () => {
  shown = here();
});
document.addEventListener("htmx:before:history:restore", (event) => {
  if (here() === shown) event.preventDefault();
  shown = here();
});
