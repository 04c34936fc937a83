// The text of an article as it came: each line with what it was taken for, and its words tied to the facts.

import { button, el, key } from "./desk.js";

// So many lines in a row that are not the article are folded away.
const FEW = 4;

const LABELS = { menu: "menu", headline: "title", byline: "byline", body: "body", aside: "aside", tail: "tail" };

// Does what a key stands for while words are selected; set by the text that is shown.
let shortcut = () => false;

// These keys go before those of the page.
document.addEventListener("keydown", (event) => {
  const isOther = event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, dialog");
  if (isOther || !shortcut(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

export const lines = () => [...document.querySelectorAll("[data-line]")].sort((one, other) => one.dataset.line - other.dataset.line);

/** The text, with what can be done to its lines and to words that are selected in it. */
export const text = (view, { work, light, selected }) => {
  const { lines: all } = view;

  /** The steps that put lines back, each behind the one that the body then has before it. */
  const back = (numbers) => {
    const kept = new Set(all.keys().filter((at) => all[at].kept));
    return numbers.map((at) => {
      const before = Math.max(-1, ...[...kept].filter((one) => one < at));
      kept.add(at);
      return { do: "put-back", line: all[at].text, behind: before < 0 ? null : all[before].text, glued: all[at].glued && before === at - 1 };
    });
  };

  const cut = (numbers) => numbers.map((at) => ({ do: "cut", line: all[at].text }));

  const toggle = (at) => work(...(all[at].kept ? cut([at]) : back([at])));

  const piece = (one) => (one.about ? el("span", { "data-about": one.about.join(" "), class: [...new Set(one.about.map((about) => about.split(":")[0]))].join(" ") }, one.text) : one.text);

  const row = (line, at) => {
    const label = line.kept ? "body" : line.label === "body" ? "cut" : LABELS[line.label];
    const what = line.kept ? "Cut" : "Put back";
    return el("div", { class: `line ${line.kept ? "kept" : "out"} ${line.label}`, "data-line": at, tabindex: "-1" },
      el("span", { class: "label", title: line.sure === null ? null : `${line.label}, ${line.sure.toFixed(2)}` }, label),
      el("p", { lang: view.lang, dir: view.dir }, line.pieces.map(piece)),
      line.kept || view.has_raw
        ? button(line.kept ? "−" : "+", () => toggle(at), { class: "toggle", "aria-label": `${what}: ${line.text.slice(0, 60)}`, title: `${what} (Space)` })
        : null);
  };

  const isFold = (line) => !line.kept && !["headline", "byline"].includes(line.label);
  const parts = [];
  for (let at = 0; at < all.length; ) {
    let end = at;
    while (end < all.length && isFold(all[end])) end++;
    if (end - at > FEW) {
      const rows = all.slice(at, end).map((line, number) => row(line, at + number));
      const words = all[at].text.slice(0, 40);
      parts.push(el("details", {}, el("summary", {}, `${end - at} lines that are not the article: `, el("bdi", {}, words), "…"), rows));
      at = end;
    } else {
      parts.push(row(all[at], at));
      at++;
    }
  }

  const pane = el("section", { class: "text", "aria-label": view.has_raw ? "The text as it came" : "The text" },
    view.has_raw ? null : el("p", { class: "hint" }, "The raw text is not here: these are the paragraphs of the file."),
    parts);

  const bar = el("div", { class: "bar", role: "toolbar", "aria-label": "The selected words are", hidden: true });
  pane.append(bar);
  let words = "";
  let from = null;
  const hide = () => (bar.hidden = true);
  const use = (action) => {
    hide();
    getSelection().removeAllRanges();
    return action(words, from?.closest("[data-about]"), from?.closest("[data-line]")?.querySelector("p").textContent);
  };
  let actions = {};
  const show = (box, touched = []) => {
    const numbers = (isKept) => touched.map((line) => Number(line.dataset.line)).filter((at) => all[at].kept === isKept);
    const [kept, out] = [numbers(true), numbers(false)];
    actions = touched.length > 1 ? {} : { ...selected };
    if (kept.length > 0) actions["-"] = ["Cut", () => work(...cut(kept))];
    if (out.length > 0 && view.has_raw) actions["+"] = ["Put back", () => work(...back(out))];
    bar.replaceChildren(...Object.entries(actions).map(([letter, [what, action]]) => button([what, " ", key(letter)], () => use(action))));
    bar.hidden = false;
    const own = pane.getBoundingClientRect();
    // The style sheet takes the place from two properties, which a strict policy lets a script set.
    bar.style.setProperty("--x", `${Math.max(0, Math.min(box.left - own.left, own.width - bar.offsetWidth - 8))}px`);
    bar.style.setProperty("--y", `${box.bottom - own.top + pane.scrollTop + 4}px`);
  };

  pane.addEventListener("mouseup", (event) => {
    if (event.target.closest(".bar, button, summary")) return;
    // A click puts an old selection away only after this event.
    setTimeout(() => {
      const selection = getSelection();
      words = selection.toString().trim();
      from = selection.anchorNode?.parentElement ?? null;
      if (words) {
        const range = selection.getRangeAt(0);
        const touched = lines().filter((line) => line.checkVisibility() && range.intersectsNode(line.querySelector("p")));
        if (pane.contains(range.commonAncestorContainer)) return show(range.getBoundingClientRect(), touched);
      }
      hide();
      const one = event.target.closest("[data-about]");
      if (!one) return;
      from = one;
      words = one.textContent.trim();
      light(one.dataset.about.split(" "), one);
      show(one.getBoundingClientRect());
    }, 0);
  });

  pane.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = event.target.closest("[data-line]");
    if (!bar.hidden && event.key === "Escape") return hide();
    if (!line || event.target.closest("button")) return;
    const shown = lines().filter((one) => one.checkVisibility());
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      shown[shown.indexOf(line) + step]?.focus();
    } else if (event.key === " ") {
      event.preventDefault();
      toggle(Number(line.dataset.line));
    }
  });

  shortcut = (event) => {
    const action = bar.hidden ? null : actions[event.key]?.[1];
    if (action) use(action);
    return Boolean(action);
  };

  return pane;
};
