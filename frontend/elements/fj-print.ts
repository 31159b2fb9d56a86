/**
 * <fj-print data-total="…"> on a sheet that is still arriving: counts the slips, and lets the sheet be
 * printed when the last one is there ([data-end]). Without scripts the browser's own menu prints.
 */
const EVERY = 300;

export class FjPrint extends HTMLElement {
  private timer = 0;

  private readonly look = () => {
    const here = document.querySelectorAll(".slip").length;
    const done = document.querySelector("[data-end]") !== null;
    this.querySelector("progress")!.value = here;
    this.querySelector("[data-said]")!.textContent = done
      ? (this.dataset.ready ?? "")
      : `${this.dataset.underWay ?? ""} ${here} / ${this.dataset.total ?? ""}`;
    const button = this.querySelector("button")!;
    button.disabled = !done;
    if (done) clearInterval(this.timer);
  };

  private readonly pressed = (event: Event) => {
    if ((event.target as Element).closest("button")) window.print();
  };

  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
    this.timer = window.setInterval(this.look, EVERY);
    this.look();
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.pressed);
    clearInterval(this.timer);
  }
}

if (!customElements.get("fj-print")) customElements.define("fj-print", FjPrint);
