import { beforeEach, expect, it } from "vitest";
import { mount } from "../tools/mount";
import { sentences } from "./fj-listen";

/** A voice that says nothing by itself: the test tells when a sentence is over. */
class Voice {
  said: SpeechSynthesisUtterance[] = [];
  voices = [{ lang: "zh-CN" }, { lang: "en-US" }] as SpeechSynthesisVoice[];
  cancelled = 0;
  getVoices = () => this.voices;
  speak = (words: SpeechSynthesisUtterance) => void this.said.push(words);
  cancel = () => void this.cancelled++;
  get last(): SpeechSynthesisUtterance {
    return this.said.at(-1)!;
  }
  end(): void {
    this.last.onend?.(new Event("end") as SpeechSynthesisEvent);
  }
  break(): void {
    this.last.onerror?.(new Event("error") as SpeechSynthesisErrorEvent);
  }
}

class Words {
  lang = "";
  rate = 1;
  voice: unknown = null;
  onend: unknown = null;
  onerror: unknown = null;
  constructor(readonly text: string) {}
}

let voice: Voice;
const markup = (inside: string) => `<article lang="zh-CN"><h1>冬季十条</h1>
  <fj-listen data-reads="h1, .prose > *" data-start="听" data-stop="停" data-go-on="接着听" data-failed="断了" data-voiceless="没有声音">
  ${inside}<button data-rate><span>1×</span></button><p data-said></p></fj-listen>
  <div class="prose"><p>先断电。再处置！</p><figure>图</figure><p>值班室。<button>不读</button></p></div></article>`;
const play = '<button data-play><span data-label>听</span></button><progress max="1"></progress>';
const press = (selector: string) => document.querySelector<HTMLElement>(selector)!.click();
const label = () => document.querySelector("[data-label]")!.textContent;

beforeEach(() => {
  voice = new Voice();
  localStorage.clear();
  Object.assign(window, { speechSynthesis: voice, SpeechSynthesisUtterance: Words });
  Object.assign(globalThis, { SpeechSynthesisUtterance: Words });
  mount(markup(play));
});

it("cuts into sentences, and long ones at their commas", () => {
  expect(sentences("先断电。再处置！好")).toEqual(["先断电。", "再处置！", "好"]);
  expect(sentences("……")).toEqual([]);
  const long = sentences(`${"一二三四五六七八九十，".repeat(30)}完。`);
  expect(Math.max(...long.map((part) => part.length))).toBeLessThanOrEqual(110);
  expect(long.join("")).toContain("完。");
});

it("reads title and paragraphs one after another and marks where it is", () => {
  press("[data-play]");
  expect(voice.last.text).toBe("冬季十条");
  expect(voice.last.lang).toBe("zh-CN");
  expect(document.querySelector("h1")!.classList.contains("spoken")).toBe(true);
  voice.end();
  expect(voice.last.text).toBe("先断电。");
  voice.end();
  voice.end();
  expect(voice.last.text).toBe("值班室。");
  expect(document.querySelectorAll(".spoken").length).toBe(1);
  voice.end();
  expect(label()).toBe("听");
  expect(document.querySelector(".spoken")).toBeNull();
});

it("goes on with the sentence at which it was paused, whatever the stopped one reports", () => {
  press("[data-play]");
  voice.end();
  const stopped = voice.last;
  press("[data-play]");
  expect(label()).toBe("接着听");
  stopped.onend?.(new Event("end") as SpeechSynthesisEvent);
  expect(voice.said.length).toBe(2);
  press("[data-play]");
  expect(voice.last.text).toBe("先断电。");
});

it("changes pace at once and keeps it for next time", () => {
  press("[data-play]");
  press("[data-rate]");
  expect(voice.last.rate).toBe(1.25);
  expect(voice.last.text).toBe("冬季十条");
  mount(markup(play));
  expect(document.querySelector("[data-rate] span")!.textContent).toBe("1.25×");
});

it("says so when the voice breaks off, or when there is none for the language", () => {
  press("[data-play]");
  voice.break();
  expect(document.querySelector("[data-said]")!.textContent).toBe("断了");
  voice.voices = [{ lang: "en-US" }] as SpeechSynthesisVoice[];
  press("[data-play]");
  expect(document.querySelector("[data-said]")!.textContent).toBe("没有声音");
});

it("falls silent when the page is left", () => {
  press("[data-play]");
  dispatchEvent(new Event("pagehide"));
  expect(voice.cancelled).toBe(1);
  expect(label()).toBe("听");
});

it("stays away on a device that cannot speak", () => {
  Object.assign(window, { speechSynthesis: undefined });
  mount(markup(play));
  expect(document.querySelector("fj-listen")!.classList.contains("ready")).toBe(false);
});

it("keeps place and pace of a recording", () => {
  const src = "http://localhost:3000/m/file/a.mp3";
  localStorage.setItem(`fj-listen:${src}`, "42");
  localStorage.setItem("fj-listen-rate", "1.5");
  mount(markup(`<audio src="${src}"></audio>`));
  const sound = document.querySelector("audio")!;
  expect(sound.currentTime).toBe(42);
  expect(sound.playbackRate).toBe(1.5);
  sound.currentTime = 77;
  sound.dispatchEvent(new Event("timeupdate"));
  expect(localStorage.getItem(`fj-listen:${src}`)).toBe("77");
});
