import { fill, type Language } from "../../locales/language.js";
import en from "../../locales/probe.en-US.json" with { type: "json" };
import zh from "../../locales/probe.zh-CN.json" with { type: "json" };
import type { Finding, Verdict } from "../trace.js";

/** The probe's page: a sentence, a button, and a line for each finding. */

export type ProbeKey = keyof typeof zh;
const TEXTS: Readonly<Record<Language, Readonly<Record<ProbeKey, string>>>> = { zh, en };

export class View {
  private readonly status = element("p");
  private readonly buttons = element("p");
  private readonly list = element("ol");

  constructor(
    root: HTMLElement,
    readonly language: Language,
  ) {
    const title = element("h1", this.say("title"));
    this.status.setAttribute("role", "status");
    root.replaceChildren(title, element("p", this.say("intro")), this.buttons, this.status, this.list);
    root.append(element("small", this.say("privacy")));
  }

  say(key: ProbeKey, params: Readonly<Record<string, string | number>> = {}): string {
    return fill(TEXTS[this.language][key], params);
  }

  tell(text: string): void {
    this.status.textContent = text;
  }

  button(key: ProbeKey, act: () => void): void {
    const button = element("button", this.say(key));
    button.type = "button";
    button.addEventListener("click", act);
    this.buttons.append(button);
  }

  noButtons(): void {
    this.buttons.replaceChildren();
  }

  add(title: string, { id, verdict, seen, error }: Finding): void {
    const line = element("li", `${this.say(`verdict.${verdict}`)} · ${title}`);
    line.className = verdict;
    line.dataset.id = id;
    const detail = verdict === "holds" || verdict === "skipped" ? "" : (error ?? JSON.stringify(seen));
    if (detail !== "") line.append(element("small", detail.slice(0, 300)));
    this.list.append(line);
  }

  summarise(findings: readonly Finding[], recorded: boolean): void {
    const count = (wanted: Verdict): number => findings.filter(({ verdict }) => verdict === wanted).length;
    const [holds, fails, noted, skipped] = [count("holds"), count("fails"), count("noted"), count("skipped")];
    const counts = this.say("summary", { holds, fails, noted, skipped });
    const advice = this.say(fails === 0 ? "all-well" : "some-fail");
    this.tell([counts, advice, ...(recorded ? [] : [this.say("not-recorded")])].join(" "));
  }
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
