/**
 * <fj-slip data-said="…"> around the claim form: takes the code from the address of a QR code.
 * The code stands behind the "#", which browsers do not send, so that no log sees it; it leaves the
 * address bar at once. Without scripts the code is typed from the paper.
 */
const CODE = /^#([0-9a-z]{8})$/i;

export class FjSlip extends HTMLElement {
  connectedCallback(): void {
    const found = CODE.exec(location.hash);
    const field = this.querySelector<HTMLInputElement>("[name=code]");
    if (!found || !field) return;
    const code = found[1]!.toUpperCase();
    field.value = `${code.slice(0, 4)} ${code.slice(4)}`;
    history.replaceState(history.state, "", location.pathname + location.search);
    const said = this.querySelector<HTMLElement>("[data-said]");
    if (said) {
      said.textContent = this.dataset.said ?? "";
      said.hidden = false;
    }
    this.querySelector<HTMLInputElement>("[name=number]")?.focus();
  }
}

if (!customElements.get("fj-slip")) customElements.define("fj-slip", FjSlip);
