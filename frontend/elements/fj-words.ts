/**
 * <fj-words> holds the explanations of an article (dl > div[id] > dt, dd) and a <dialog class="sheet">:
 * a link a.term[href="#id"] anywhere on the page shows its explanation in the dialog, where the reader is.
 * Without JavaScript the link leads down to the explanation. An open dialog is one step of history, so
 * the back button of the web view closes it.
 */
export class FjWords extends HTMLElement {
  private get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  private readonly asked = (event: Event) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a.term");
    const entry = link && this.querySelector<HTMLElement>(`[id="${link.hash.slice(1)}"]`);
    if (!entry || !this.dialog) return;
    event.preventDefault();
    this.show(entry);
  };

  private readonly clicked = (event: Event) => {
    const target = event.target as Element;
    if (target === this.dialog || target.closest("[data-close]")) this.close();
  };

  private readonly cancelled = (event: Event) => {
    event.preventDefault();
    this.close();
  };

  private readonly popped = () => {
    if (this.dialog?.open) this.dialog.close();
  };

  private show(entry: HTMLElement): void {
    const dialog = this.dialog!;
    dialog.lang = entry.lang;
    this.fill("[data-word]", entry.querySelector("dt"));
    this.fill("[data-meaning]", entry.querySelector("dd"));
    if (dialog.open) return;
    dialog.showModal();
    history.pushState({ fjWords: true }, "");
  }

  private fill(place: string, from: Element | null): void {
    const found = this.querySelector(place);
    if (found) found.textContent = from?.textContent ?? "";
  }

  /** Closes it by going back, so that no dead step of history stays behind. */
  close(): void {
    if (!this.dialog?.open) return;
    if ((history.state as { fjWords?: boolean } | null)?.fjWords) history.back();
    this.dialog.close();
  }

  connectedCallback(): void {
    document.addEventListener("click", this.asked);
    this.addEventListener("click", this.clicked);
    this.dialog?.addEventListener("cancel", this.cancelled);
    addEventListener("popstate", this.popped);
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.asked);
    this.removeEventListener("click", this.clicked);
    this.dialog?.removeEventListener("cancel", this.cancelled);
    removeEventListener("popstate", this.popped);
  }
}

if (!customElements.get("fj-words")) customElements.define("fj-words", FjWords);
