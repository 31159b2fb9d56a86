/** The few lines every page has beside htmx. Everything else is an element that only its pages load. */
import "./elements/fj-offline";
import "./elements/fj-sheet";
import "./elements/fj-submit-once";
import "./back";
import "./more";
import "./place";

declare global {
  interface Window {
    htmx?: { config: Record<string, unknown> };
  }
}

// The strict content policy forbids injected style sheets; ours has what the pages need.
if (window.htmx) window.htmx.config.includeIndicatorCSS = false;

// A toast can be put away.
document.addEventListener("click", (event) => {
  const button = (event.target as Element | null)?.closest("[data-dismiss]");
  button?.closest(".toast")?.remove();
});
