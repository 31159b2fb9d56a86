/**
 * <fj-settled> stands on the form of an article, which the studio saves by itself. A press waits until what is being
 * saved is saved, and nothing is saved behind a press: else a new article would be made twice, once by each.
 * The studio's saving tells of itself by events: w-autosave:save, then w-autosave:success or w-autosave:error.
 * The first saving makes the studio draw its side panels anew, this element with them, before it tells of its success:
 * so what is known belongs to the form, which stays, and not to the element.
 */
const LONGEST = 10_000; // milliseconds; a press is never swallowed
const FORM = "form[data-edit-form]";

interface Known {
  saving: boolean;
  going: boolean;
  timer: number;
  held: { press: [string, string] | null } | null;
}

const forms = new WeakMap<HTMLFormElement, Known>();

function known(form: HTMLFormElement): Known {
  const found = forms.get(form) ?? { saving: false, going: false, timer: 0, held: null };
  forms.set(form, found);
  return found;
}

function formOf(event: Event): HTMLFormElement | null {
  return event.target instanceof HTMLFormElement && event.target.matches(FORM) ? event.target : null;
}

function begins(event: Event): void {
  const form = formOf(event);
  if (!form) return;
  if (known(form).going) event.preventDefault();
  else known(form).saving = true;
}

function ended(event: Event): void {
  const form = formOf(event);
  if (form) go(form);
}

function pressed(event: SubmitEvent): void {
  const form = formOf(event);
  if (!form) return;
  const now = known(form);
  if (now.saving) {
    const button = event.submitter as HTMLButtonElement | null;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (now.held) return;
    now.held = { press: button?.name ? [button.name, button.value] : null };
    now.timer = window.setTimeout(() => go(form), LONGEST);
    return;
  }
  now.going = true;
  // Something else may have stopped it: then the form goes on saving by itself.
  setTimeout(() => (now.going = !event.defaultPrevented));
}

/** Sends what was held back, if anything was. The button may look busy by now, so its name goes in a field of its own. */
function go(form: HTMLFormElement): void {
  const now = known(form);
  const held = now.held;
  now.saving = false;
  now.held = null;
  clearTimeout(now.timer);
  if (!held) return;
  const field = document.createElement("input");
  field.type = "hidden";
  [field.name, field.value] = held.press ?? ["", ""];
  form.append(field);
  form.requestSubmit();
  setTimeout(() => field.remove());
}

export class FjSettled extends HTMLElement {
  connectedCallback(): void {
    // The same function is added once, however often the element is drawn.
    document.addEventListener("w-autosave:save", begins);
    document.addEventListener("w-autosave:success", ended);
    document.addEventListener("w-autosave:error", ended);
    document.addEventListener("submit", pressed, true);
  }
}

if (!customElements.get("fj-settled")) customElements.define("fj-settled", FjSettled);
