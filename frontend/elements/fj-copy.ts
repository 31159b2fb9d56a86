/**
 * <fj-copy data-text="…"> around a button: copies the text and says so.
 * [data-said] is a live region; data-done and data-failed hold its words.
 */
const SAID_FOR = 2500;

export class FjCopy extends HTMLElement {
  private readonly clicked = async (event: Event) => {
    if (!(event.target as Element).closest("button")) return;
    const said = this.querySelector<HTMLElement>("[data-said]");
    let words = said?.dataset.done ?? "";
    try {
      await navigator.clipboard.writeText(this.dataset.text ?? "");
    } catch {
      // Old web views and plain http refuse: the person can still select the text by hand.
      words = said?.dataset.failed ?? "";
    }
    if (!said) return;
    said.textContent = words;
    setTimeout(() => (said.textContent = ""), SAID_FOR);
  };

  connectedCallback(): void {
    this.addEventListener("click", this.clicked);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.clicked);
  }
}

if (!customElements.get("fj-copy")) customElements.define("fj-copy", FjCopy);
