/**
 * <fj-reader> around a must-read: draws the progress hairline and keeps the confirm button closed,
 * with the reason in words, until the end of the text has been on the screen.
 *
 * Marks inside: [data-line] the hairline, [data-body] the text, [data-end] its last line,
 * [data-confirm] the button, [data-why] the reason (data-done holds the words for "end reached").
 * Without JavaScript the button stands enabled below the text. Nothing is measured but the position:
 * no time, and nothing is sent.
 */
export class FjReader extends HTMLElement {
  private frame = 0;
  private reached = false;

  private readonly moved = () => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.draw);
  };

  private readonly draw = () => {
    const line = this.querySelector<HTMLElement>("[data-line]");
    const body = this.querySelector<HTMLElement>("[data-body]");
    if (!body) return;
    const box = body.getBoundingClientRect();
    const bar = this.querySelector<HTMLElement>(".actionbar");
    const bottom = innerHeight - (bar?.getBoundingClientRect().height ?? 0);
    const read = box.height > 0 ? Math.min(1, Math.max(0, (bottom - box.top) / box.height)) : 1;
    line?.style.setProperty("--read", read.toFixed(4));
    if (this.endSeen(bottom)) this.open();
  };

  private endSeen(bottom: number): boolean {
    const end = this.querySelector<HTMLElement>("[data-end]");
    return !end || end.getBoundingClientRect().top <= bottom + 1;
  }

  private open(): void {
    if (this.reached) return;
    this.reached = true;
    const button = this.querySelector<HTMLButtonElement>("[data-confirm]");
    if (button) button.disabled = false;
    const why = this.querySelector<HTMLElement>("[data-why]");
    if (why?.dataset.done !== undefined) why.textContent = why.dataset.done;
    this.dispatchEvent(new CustomEvent("fj-read", { bubbles: true }));
  }

  connectedCallback(): void {
    this.querySelector("[data-line]")?.classList.add("js");
    const button = this.querySelector<HTMLButtonElement>("[data-confirm]");
    const why = this.querySelector<HTMLElement>("[data-why]");
    if (button) button.disabled = true;
    if (why?.dataset.wait) why.textContent = why.dataset.wait;
    addEventListener("scroll", this.moved, { passive: true });
    addEventListener("resize", this.moved);
    this.moved();
  }

  disconnectedCallback(): void {
    cancelAnimationFrame(this.frame);
    removeEventListener("scroll", this.moved);
    removeEventListener("resize", this.moved);
  }
}

if (!customElements.get("fj-reader")) customElements.define("fj-reader", FjReader);
