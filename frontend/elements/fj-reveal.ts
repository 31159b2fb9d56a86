/** <fj-reveal class="reveal"> around a password field: its hidden button shows and hides what was typed. */
export class FjReveal extends HTMLElement {
  private readonly clicked = (event: Event) => {
    const button = (event.target as Element).closest("button");
    const input = this.querySelector("input");
    if (!button || !input) return;
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.setAttribute("aria-pressed", String(show));
    const label = show ? this.dataset.hide : this.dataset.show;
    if (label) button.setAttribute("aria-label", label);
    for (const icon of button.querySelectorAll<SVGElement>("[data-when]")) {
      icon.toggleAttribute("hidden", (icon.getAttribute("data-when") === "shown") !== show);
    }
  };

  connectedCallback(): void {
    const button = this.querySelector("button");
    if (button) button.hidden = false;
    this.addEventListener("click", this.clicked);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.clicked);
  }
}

if (!customElements.get("fj-reveal")) customElements.define("fj-reveal", FjReveal);
