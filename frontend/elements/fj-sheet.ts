/**
 * <fj-sheet> holds a link [data-open] and a <dialog class="sheet">: the link opens the dialog.
 * Without JavaScript the link goes to its own page. An open sheet is one step of history, so the
 * back button of the web view closes it.
 */
export class FjSheet extends HTMLElement {
  private get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  private readonly clicked = (event: Event) => {
    const target = event.target as Element;
    if (target.closest("[data-open]") && this.dialog) {
      event.preventDefault();
      this.open();
    } else if (target === this.dialog || target.closest("[data-close]")) {
      event.preventDefault();
      this.close();
    }
  };

  private readonly popped = () => {
    if (this.dialog?.open) this.dialog.close();
  };

  private readonly cancelled = (event: Event) => {
    event.preventDefault();
    this.close();
  };

  /** Shows the dialog above the page and pushes one step of history. */
  open(): void {
    const dialog = this.dialog;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    history.pushState({ fjSheet: true }, "");
  }

  /** Closes it by going back, so that no dead step of history stays behind. */
  close(): void {
    if (!this.dialog?.open) return;
    if ((history.state as { fjSheet?: boolean } | null)?.fjSheet) history.back();
    this.dialog.close();
  }

  connectedCallback(): void {
    this.addEventListener("click", this.clicked);
    this.dialog?.addEventListener("cancel", this.cancelled);
    addEventListener("popstate", this.popped);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.clicked);
    this.dialog?.removeEventListener("cancel", this.cancelled);
    removeEventListener("popstate", this.popped);
  }
}

if (!customElements.get("fj-sheet")) customElements.define("fj-sheet", FjSheet);
