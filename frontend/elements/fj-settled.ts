/**
 * <fj-settled> stands on the form of an article, which the studio saves by itself. A press waits until what is being
 * saved is saved, and nothing is saved behind a press: else a new article would be made twice, once by each.
 * The studio's saving tells of itself by events: w-autosave:save, then w-autosave:success or w-autosave:error.
 */
const LONGEST = 10_000; // milliseconds; a press is never swallowed

export class FjSettled extends HTMLElement {
  private saving = false;
  private going = false;
  private timer = 0;
  private held: { form: HTMLFormElement; press: [string, string] | null } | null = null;

  private readonly begins = (event: Event) => {
    if (this.going) event.preventDefault();
    else this.saving = true;
  };

  private readonly ended = () => {
    this.saving = false;
    this.go();
  };

  private readonly pressed = (event: Event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("form[data-edit-form]")) return;
    if (this.saving) {
      const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (this.held) return;
      this.held = { form, press: button?.name ? [button.name, button.value] : null };
      this.timer = window.setTimeout(this.ended, LONGEST);
      return;
    }
    this.going = true;
    // Something else may have stopped it: then the form goes on saving by itself.
    setTimeout(() => (this.going = !event.defaultPrevented));
  };

  /** Sends what was held back. The button may look busy by now, so its name goes along in a field of its own. */
  private go(): void {
    const held = this.held;
    if (!held) return;
    clearTimeout(this.timer);
    this.held = null;
    const field = document.createElement("input");
    field.type = "hidden";
    [field.name, field.value] = held.press ?? ["", ""];
    held.form.append(field);
    held.form.requestSubmit();
    setTimeout(() => field.remove());
  }

  connectedCallback(): void {
    document.addEventListener("w-autosave:save", this.begins);
    document.addEventListener("w-autosave:success", this.ended);
    document.addEventListener("w-autosave:error", this.ended);
    document.addEventListener("submit", this.pressed, true);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    document.removeEventListener("w-autosave:save", this.begins);
    document.removeEventListener("w-autosave:success", this.ended);
    document.removeEventListener("w-autosave:error", this.ended);
    document.removeEventListener("submit", this.pressed, true);
  }
}

if (!customElements.get("fj-settled")) customElements.define("fj-settled", FjSettled);
