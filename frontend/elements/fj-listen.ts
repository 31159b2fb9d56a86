/**
 * <fj-listen data-reads=".prose > *"> reads the article aloud with the device's own voice, sentence by
 * sentence, and marks the part that is being read; around an <audio> it keeps place and pace instead.
 *
 * Marks inside: [data-play] with [data-label], [data-rate], [data-line] a <progress>, [data-said] a status.
 * Words: data-start, data-stop, data-go-on, data-failed, data-voiceless. Nothing leaves the device, and a
 * device that cannot speak is shown nothing. Pausing ends the sentence that is being said and begins it anew,
 * since pause() of many Android web views never resumes.
 */
const RATES = [1, 1.25, 1.5, 0.75];
const LONGEST = 110; // some engines fall silent in the middle of longer pieces
const KEPT = "fj-listen-rate";

/** Cuts a text into sentences, and those that are too long at their commas. */
export function sentences(text: string): string[] {
  const pieces = text.match(/[^。！？!?；;\n]+[。！？!?；;”’」』）]*/g) ?? [];
  return pieces.flatMap((piece) => {
    const parts: string[] = [];
    for (const part of piece.match(/[^，,、]+[，,、]*/g) ?? [piece]) {
      const last = parts.at(-1);
      if (last !== undefined && last.length + part.length <= LONGEST) parts[parts.length - 1] = last + part;
      else parts.push(part);
    }
    return parts.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}]/u.test(part));
  });
}

export class FjListen extends HTMLElement {
  private pieces: { node: Element; text: string }[] = [];
  private at = 0;
  private turn = 0; // rises with every start and stop: what an older utterance reports is not heard
  private playing = false;
  private rate = 1;

  private readonly voice = window.speechSynthesis as SpeechSynthesis | undefined;

  private get sound(): HTMLAudioElement | null {
    return this.querySelector("audio");
  }

  private readonly clicked = (event: Event) => {
    const target = event.target as Element;
    if (target.closest("[data-rate]")) this.faster();
    else if (target.closest("[data-play]")) this.playing ? this.pause() : this.play();
  };

  private readonly left = () => this.pause();

  private readonly moved = () => {
    const sound = this.sound;
    if (sound && sound.currentTime > 5) store(this.place(), sound.ended ? "0" : sound.currentTime.toFixed(0));
  };

  private place(): string {
    return `fj-listen:${this.sound?.currentSrc || this.sound?.src || location.pathname}`;
  }

  /** Reads on from the sentence that was begun last. */
  play(): void {
    const voice = this.voice;
    if (!voice) return;
    if (!this.pieces.length) this.gather();
    if (this.at >= this.pieces.length) this.at = 0;
    this.playing = true;
    this.say("");
    this.draw();
    this.speak(++this.turn);
  }

  /** Falls silent; the next start begins the sentence anew. */
  pause(): void {
    if (!this.playing) return;
    this.playing = false;
    this.turn++;
    this.voice?.cancel();
    this.mark(null);
    this.draw();
  }

  private gather(): void {
    for (const node of document.querySelectorAll(this.dataset.reads ?? ".prose > *")) {
      if (node.matches("figure, .scroll, table, nav, aside, [data-quiet]")) continue;
      const own = node.cloneNode(true) as Element;
      own.querySelectorAll("[data-quiet], button, audio, video").forEach((part) => part.remove());
      for (const text of sentences(own.textContent ?? "")) this.pieces.push({ node, text });
    }
  }

  private speak(turn: number): void {
    const voice = this.voice;
    const piece = this.pieces[this.at];
    if (!voice || turn !== this.turn) return;
    if (!piece) {
      this.at = 0;
      return this.pause();
    }
    const said = new SpeechSynthesisUtterance(piece.text);
    said.lang = piece.node.closest("[lang]")?.getAttribute("lang") ?? "zh-CN";
    said.rate = this.rate;
    const known = voice.getVoices();
    const fits = known.find((one) => one.lang.replace("_", "-").toLowerCase().startsWith(said.lang.slice(0, 2).toLowerCase()));
    if (known.length && !fits) return this.fail(this.dataset.voiceless);
    if (fits) said.voice = fits;
    said.onend = () => {
      if (turn !== this.turn) return;
      this.at++;
      this.speak(turn);
    };
    said.onerror = () => {
      if (turn === this.turn) this.fail(this.dataset.failed);
    };
    this.mark(piece.node);
    this.draw();
    voice.speak(said);
  }

  private fail(words?: string): void {
    this.pause();
    this.say(words ?? "");
  }

  private faster(): void {
    this.rate = RATES[(RATES.indexOf(this.rate) + 1) % RATES.length] ?? 1;
    store(KEPT, String(this.rate));
    if (this.sound) this.sound.playbackRate = this.rate;
    if (this.playing) {
      this.voice?.cancel();
      this.speak(++this.turn);
    }
    this.draw();
  }

  private mark(node: Element | null): void {
    document.querySelectorAll(".spoken").forEach((one) => one.classList.remove("spoken"));
    if (!node) return;
    node.classList.add("spoken");
    const box = node.getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight * 0.8) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      node.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    }
  }

  private say(words: string): void {
    const said = this.querySelector("[data-said]");
    if (said) said.textContent = words;
  }

  private draw(): void {
    const { start, stop, goOn } = this.dataset;
    const label = this.querySelector("[data-label]");
    if (label) label.textContent = (this.playing ? stop : this.at ? goOn : start) ?? "";
    this.querySelector("[data-play]")?.classList.toggle("on", this.playing);
    const rate = this.querySelector("[data-rate] span");
    if (rate) rate.textContent = `${this.rate}×`;
    const line = this.querySelector("progress");
    if (line) line.value = this.pieces.length ? this.at / this.pieces.length : 0;
  }

  connectedCallback(): void {
    const rate = Number(recall(KEPT));
    this.rate = RATES.includes(rate) ? rate : 1;
    this.addEventListener("click", this.clicked);
    addEventListener("pagehide", this.left);
    const sound = this.sound;
    if (sound) {
      sound.playbackRate = this.rate;
      sound.defaultPlaybackRate = this.rate;
      sound.addEventListener("timeupdate", this.moved);
      const place = Number(recall(this.place()));
      if (place > 5) sound.currentTime = place;
    }
    if (sound || (this.voice && "SpeechSynthesisUtterance" in window)) this.classList.add("ready");
    this.draw();
  }

  disconnectedCallback(): void {
    this.pause();
    this.removeEventListener("click", this.clicked);
    removeEventListener("pagehide", this.left);
    this.sound?.removeEventListener("timeupdate", this.moved);
  }
}

/** Private browsing may refuse to keep anything. */
function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {}
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

if (!customElements.get("fj-listen")) customElements.define("fj-listen", FjListen);
