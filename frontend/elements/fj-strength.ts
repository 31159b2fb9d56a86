/**
 * <fj-strength data-for="id of the password" data-ask="address">: shows how good a password is while
 * it is typed. The same judge on the server decides in the end, so the two never differ; without
 * scripts the answer comes with the form.
 */
const PAUSE = 400;

export class FjStrength extends HTMLElement {
  private waiting = 0;
  private asked = 0;
  private asking: AbortController | null = null;

  private readonly typed = () => {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.ask(), PAUSE);
  };

  // An answer that comes after the form has gone serves nobody, and its token may be an old one by then.
  private readonly sent = () => {
    clearTimeout(this.waiting);
    this.asking?.abort();
  };

  private get field(): HTMLInputElement | null {
    return document.getElementById(this.dataset.for ?? "") as HTMLInputElement | null;
  }

  private async ask(): Promise<void> {
    const field = this.field;
    this.hidden = !field?.value;
    if (!field?.form || !field.value) return;
    const turn = ++this.asked;
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "token"]) {
      const hidden = field.form.elements.namedItem(name);
      if (hidden instanceof HTMLInputElement) body.set(name, hidden.value);
    }
    body.set("password", field.value);
    this.asking = new AbortController();
    const { signal } = this.asking;
    const answer = await fetch(this.dataset.ask ?? "", { method: "POST", body, signal }).catch(() => null);
    if (!answer?.ok || turn !== this.asked) return;
    const found = (await answer.json()) as { score: number; advice: string };
    this.querySelector("meter")!.setAttribute("value", String(found.score));
    this.querySelector("[data-said]")!.textContent = found.advice;
  }

  connectedCallback(): void {
    this.field?.addEventListener("input", this.typed);
    this.field?.form?.addEventListener("submit", this.sent);
    // Typed before the page was ready, or filled in by the browser: no press of a key tells of it.
    if (this.field?.value) this.typed();
  }

  disconnectedCallback(): void {
    this.field?.removeEventListener("input", this.typed);
    this.field?.form?.removeEventListener("submit", this.sent);
    this.sent();
  }
}

if (!customElements.get("fj-strength")) customElements.define("fj-strength", FjStrength);
