/**
 * <fj-submit-once> around a form: a second tap does nothing, and a retry carries the same client key.
 *
 * The hidden input `client_key` comes from the server. The first submit remembers it in sessionStorage
 * under `data-key-for` (for example "confirm:123"), with what was said; when the same is sent from a page that
 * was loaded again after a lost answer, it carries the remembered key, so the server sees one act. Other words
 * are another act, with a key of their own. `data-settled` on a later page (the act is known to be done) forgets it.
 */
const SPINNER_AFTER = 300;
const GIVE_BACK_AFTER = 15_000;

interface Kept {
  key: string;
  said: string;
}

/** What a form says, without what changes with each page: the key itself and the token of the session. */
function saidIn(form: HTMLFormElement, submitter?: HTMLElement | null): string {
  const values = [...new FormData(form)].map(([name, value]) => [
    name,
    typeof value === "string" ? value : `${value.name} ${value.size}`,
  ]);
  const pressed = [submitter?.getAttribute("name") ?? "", submitter?.getAttribute("value") ?? ""];
  return JSON.stringify([...values.filter(([name]) => !["client_key", "csrfmiddlewaretoken"].includes(name ?? "")), pressed]);
}

export class FjSubmitOnce extends HTMLElement {
  private busy = false;
  private timers: ReturnType<typeof setTimeout>[] = [];

  private get slot_(): string {
    return `fj-key:${this.dataset.keyFor ?? location.pathname}`;
  }

  private readonly submitted = (event: Event) => {
    if (this.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    this.busy = true;
    this.remember(event);
    const button = this.querySelector<HTMLButtonElement>("button[type=submit], button:not([type])");
    this.timers.push(
      setTimeout(() => button?.classList.add("busy"), SPINNER_AFTER),
      // A network that never answers must not lock the person out: the key makes a second try safe.
      setTimeout(this.release, GIVE_BACK_AFTER),
    );
    button?.setAttribute("aria-busy", "true");
  };

  private readonly release = () => {
    this.busy = false;
    this.timers.forEach(clearTimeout);
    this.timers = [];
    for (const button of this.querySelectorAll("button")) {
      button.classList.remove("busy");
      button.removeAttribute("aria-busy");
    }
  };

  private remember(event: Event): void {
    const key = this.querySelector<HTMLInputElement>("input[name=client_key]");
    const form = this.querySelector("form");
    if (!key || !form) return;
    const said = saidIn(form, (event as SubmitEvent).submitter);
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.slot_) ?? "null") as Kept | null;
      if (kept?.said === said) key.value = kept.key;
      else sessionStorage.setItem(this.slot_, JSON.stringify({ key: key.value, said } satisfies Kept));
    } catch {
      // Storage is full or closed: the guard against a double tap still holds on this page.
    }
  }

  private settle(): void {
    try {
      if (this.hasAttribute("data-settled")) sessionStorage.removeItem(this.slot_);
    } catch {
      // As above.
    }
  }

  connectedCallback(): void {
    this.settle();
    this.addEventListener("submit", this.submitted, true);
    this.addEventListener("htmx:after:request", this.release);
    this.addEventListener("htmx:error", this.release);
    addEventListener("pageshow", this.release);
  }

  disconnectedCallback(): void {
    this.removeEventListener("submit", this.submitted, true);
    this.removeEventListener("htmx:after:request", this.release);
    this.removeEventListener("htmx:error", this.release);
    removeEventListener("pageshow", this.release);
    this.release();
  }
}

if (!customElements.get("fj-submit-once")) customElements.define("fj-submit-once", FjSubmitOnce);
