/**
 * <fj-submit-once> around a form: a second tap does nothing, and a retry carries the same client key.
 *
 * The hidden input `client_key` comes from the server. The first submit remembers it in sessionStorage
 * under `data-key-for` (for example "confirm:123"); when the page is loaded again after a lost answer,
 * the remembered key replaces the fresh one, so the server sees one act. `data-settled` on a later page
 * (the act is known to be done) forgets it.
 */
const SPINNER_AFTER = 300;
const GIVE_BACK_AFTER = 15_000;

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
    this.remember();
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

  private remember(): void {
    const key = this.querySelector<HTMLInputElement>("input[name=client_key]");
    if (!key) return;
    try {
      sessionStorage.setItem(this.slot_, key.value);
    } catch {
      // Storage is full or closed: the guard against a double tap still holds on this page.
    }
  }

  private recall(): void {
    const key = this.querySelector<HTMLInputElement>("input[name=client_key]");
    try {
      if (this.hasAttribute("data-settled")) sessionStorage.removeItem(this.slot_);
      const kept = sessionStorage.getItem(this.slot_);
      if (key && kept) key.value = kept;
    } catch {
      // As above.
    }
  }

  connectedCallback(): void {
    this.recall();
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
