/** What became of the words: one quiet line, and a banner when a person must know or do something. */
import { fill } from "./words.js";
import { make } from "./toolbar.js";

export class Status {
  constructor({ words, lang, again }) {
    Object.assign(this, { words, lang });
    this.line = make("p", { className: "live-saved", textContent: words.opening });
    this.line.setAttribute("role", "status");
    this.who = make("p", { className: "live-who note" });
    this.banner = make("div", { className: "live-banner", hidden: true });
    this.banner.setAttribute("role", "alert");
    this.said = make("p");
    this.button = make("button", { type: "button", className: "btn", textContent: words.again, hidden: true });
    this.button.addEventListener("click", again);
    this.banner.append(this.said, this.button);
    this.names([]);
  }

  /** Written only when it differs: those who listen hear it once. */
  write(text, state) {
    if (this.line.textContent !== text) this.line.textContent = text;
    this.line.dataset.state = state;
  }

  opened() { this.write(this.words.opened, "open"); }

  saving() {
    // From "Saved 14:05" to "Saving…" and back with every word would be noise.
    if (this.line.dataset.state !== "saved") this.write(this.words.saving, "saving");
    else this.line.dataset.state = "saving";
  }

  saved(when) {
    clearInterval(this.counting);
    const time = new Intl.DateTimeFormat(this.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(when);
    this.write(fill(this.words.saved, time), "saved");
    if (this.kind === "waiting") this.calm();
  }

  waiting(seconds, isKept) {
    this.count(seconds, isKept ? this.words.waitingKept : this.words.waiting);
    if (!navigator.onLine) this.tell("waiting", this.words.offline, false);
    else if (this.kind === "waiting") this.calm();
  }

  cannotOpen(seconds) { this.count(seconds, this.words.cannotOpen); }

  /** A sentence with the seconds that are left. Said to those who listen once, not each second. */
  count(seconds, words) {
    clearInterval(this.counting);
    let left = seconds;
    const show = () => this.write(fill(words, left), "waiting");
    this.line.setAttribute("aria-live", "polite");
    show();
    this.line.setAttribute("aria-live", "off");
    this.counting = setInterval(() => { left -= 1; if (left > 0) show(); else clearInterval(this.counting); }, 1000);
  }

  stopped(kind, reason) {
    clearInterval(this.counting);
    const { words } = this;
    this.write(reason || words[kind] || words.refused, "stopped");
    this.tell(kind, [reason || words[kind] || words.refused, kind === "signedOut" ? "" : words.keptHere].filter(Boolean).join(" "), kind === "signedOut");
  }

  tell(kind, sentence, offersAgain) {
    this.kind = kind;
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
    this.button.hidden = !offersAgain;
    this.banner.hidden = false;
  }

  /** Something that needs no answer, gone with the next word. */
  mention(sentence) { this.tell("mention", sentence, false); }

  calm(kind = this.kind) {
    if (kind !== this.kind) return;
    this.kind = "";
    this.banner.hidden = true;
  }

  online(isUp) {
    if (!isUp && !navigator.onLine && !this.kind) this.tell("waiting", this.words.offline, false);
    if (isUp && this.kind === "waiting" && navigator.onLine) this.calm();
  }

  names(names) {
    const text = names.length ? fill(this.words.here, names.join(" · ")) : this.words.alone;
    if (this.who.textContent !== text) this.who.textContent = text;
  }
}
