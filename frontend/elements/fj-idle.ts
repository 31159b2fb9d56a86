/**
 * <fj-idle data-url="/stay/" data-idle="1800" data-warn="120"> says before the studio shuts that it will.
 * [data-soon] holds words with %(minutes)s, [data-shut] those for afterwards; [data-stay] is the button.
 * The server knows the truth: other tabs may have used the studio meanwhile.
 */
type Left = { seconds: number; can_extend: boolean };

export class FjIdle extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.querySelector("[data-stay]")?.addEventListener("click", this.stay);
    this.plan(Number(this.dataset.idle));
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private readonly stay = () => void this.ask("POST");

  private get warn(): number {
    return Number(this.dataset.warn);
  }

  private plan(seconds: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask("GET"), Math.max(1, seconds - this.warn) * 1000);
  }

  private async ask(method: "GET" | "POST"): Promise<void> {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
    const headers = { Accept: "application/json", ...(method === "POST" ? { "X-CSRFToken": token } : {}) };
    let left: Left = { seconds: 0, can_extend: false };
    try {
      const answer = await fetch(this.dataset.url ?? "", { method, headers, credentials: "same-origin" });
      if (answer.ok) left = (await answer.json()) as Left;
    } catch {
      // No network: look again soon, and say nothing that may be wrong.
      this.plan(this.warn + 30);
      return;
    }
    this.draw(left);
  }

  private draw({ seconds, can_extend }: Left): void {
    const soon = this.querySelector<HTMLElement>("[data-soon]")!;
    const shut = this.querySelector<HTMLElement>("[data-shut]")!;
    this.hidden = seconds > this.warn;
    soon.hidden = seconds <= 0;
    shut.hidden = seconds > 0;
    this.querySelector<HTMLElement>("[data-stay]")!.hidden = !can_extend || seconds <= 0;
    soon.textContent = (soon.dataset.soon ?? "").replace("%(minutes)s", String(Math.max(1, Math.ceil(seconds / 60))));
    if (seconds > this.warn) this.plan(seconds);
    else if (seconds > 0) this.timer = window.setTimeout(() => void this.ask("GET"), Math.min(seconds + 1, 30) * 1000);
  }
}

if (!customElements.get("fj-idle")) customElements.define("fj-idle", FjIdle);
