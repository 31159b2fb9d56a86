/**
 * <fj-offline> shows its words while the browser has no network.
 * Other elements tell how many answers wait by the event `fj-waiting` (detail: number).
 */
export class FjOffline extends HTMLElement {
  private waiting = 0;
  private readonly draw = () => {
    const off = !navigator.onLine;
    this.classList.toggle("off", off);
    const count = this.querySelector<HTMLElement>("[data-waiting]");
    if (!count) return;
    count.hidden = this.waiting === 0;
    const text = count.dataset.waiting ?? "";
    count.textContent = text.replace("%(count)s", String(this.waiting));
  };
  private readonly count = (event: Event) => {
    this.waiting = Number((event as CustomEvent<number>).detail) || 0;
    this.draw();
  };

  connectedCallback(): void {
    addEventListener("online", this.draw);
    addEventListener("offline", this.draw);
    document.addEventListener("fj-waiting", this.count);
    this.draw();
  }

  disconnectedCallback(): void {
    removeEventListener("online", this.draw);
    removeEventListener("offline", this.draw);
    document.removeEventListener("fj-waiting", this.count);
  }
}

if (!customElements.get("fj-offline")) customElements.define("fj-offline", FjOffline);
