/**
 * <fj-advice data-ask="address"> beside an editor's form: when the form has changed and rests, it is sent to be
 * looked at, and [data-found] shows what was found. Nothing of it is stored. The number of findings stands on the
 * panel's button; a button [data-part="3"] leads to the third part of the body.
 * Editors change hidden fields without events, so the form is compared, not listened to.
 */
const PAUSE = 1200;

export class FjAdvice extends HTMLElement {
  private ticking = 0;
  private seen = "";
  private asked = "";
  private turn = 0;

  private get form(): HTMLFormElement | null {
    return document.querySelector<HTMLFormElement>(this.dataset.form ?? "[data-edit-form]");
  }

  private readonly look = () => {
    const form = this.form;
    if (!form || document.hidden) return;
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") words.append(name, value);
    const now = words.toString();
    const rests = now === this.seen;
    this.seen = now;
    if (rests && now !== this.asked) void this.ask(words);
  };

  private async ask(words: URLSearchParams): Promise<void> {
    const turn = ++this.turn;
    this.asked = words.toString();
    const answer = await fetch(this.dataset.ask ?? "", { method: "POST", body: words }).catch(() => null);
    if (turn !== this.turn) return;
    if (!answer?.ok) {
      this.asked = ""; // the network is gone: looked at again with the next tick
      return;
    }
    const found = this.querySelector("[data-found]");
    if (!found) return;
    found.innerHTML = await answer.text();
    this.tell(found.querySelector<HTMLElement>("[data-count]")?.dataset.count ?? "0");
  }

  private tell(count: string): void {
    const name = this.closest<HTMLElement>("[data-side-panel]")?.dataset.sidePanel;
    const counter = document.querySelector<HTMLElement>(
      `[data-side-panel-toggle="${name}"] [data-side-panel-toggle-counter]`,
    );
    if (!counter) return;
    counter.textContent = count;
    counter.hidden = count === "0";
  }

  private readonly go = (event: Event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-part]");
    const parts = this.form?.querySelectorAll<HTMLElement>("[data-streamfield-child]");
    const part = button && [...(parts ?? [])].filter((one) => !one.parentElement?.closest("[data-streamfield-child]"))[
      Number(button.dataset.part) - 1
    ];
    part?.scrollIntoView({ block: "center" });
    part?.querySelector<HTMLElement>("[contenteditable=true], input:not([type=hidden]), textarea")?.focus();
  };

  connectedCallback(): void {
    this.ticking = window.setInterval(this.look, PAUSE);
    this.addEventListener("click", this.go);
    this.look();
  }

  disconnectedCallback(): void {
    clearInterval(this.ticking);
    this.removeEventListener("click", this.go);
  }
}

if (!customElements.get("fj-advice")) customElements.define("fj-advice", FjAdvice);
