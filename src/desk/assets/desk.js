// What all pages of the desk share: asking the server, making elements, keys.

const token = document.querySelector("meta[name=token]").content;

/** An element. Words only ever become text, so that nothing in an article can become part of the page. */
export const el = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

export const button = (label, action, attributes = {}) =>
  el("button", { type: "button", onclick: action, ...attributes }, label);

/** The key of a button; the style sheet draws it, as it is no part of the button's name. */
export const key = (name) => el("kbd", { "aria-hidden": "true", "data-key": name });

/** Says something to the person, also to one who does not see the page. */
export const say = (text, isBad = false) => {
  const told = document.getElementById("told");
  told.className = isBad ? "bad" : "";
  told.textContent = text;
  clearTimeout(say.timer);
  if (!isBad) say.timer = setTimeout(() => (told.textContent = ""), 4000);
};

const ask = async (path, options = {}) => {
  const headers = { "x-tearsheet-token": token, ...options.headers };
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch {
    throw Object.assign(new Error("the server does not answer: is `tearsheet serve` still running?"), { status: 0 });
  }
  const text = await answer.text();
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    value = { error: text.trim() };
  }
  if (!answer.ok) throw Object.assign(new Error(value.error), { status: answer.status, value });
  return value;
};

export const get = (name, query = {}) => ask(`/_desk/api/${name}?${new URLSearchParams(query)}`);

export const post = (path, value) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) });

/** The head of a page: where one is, and what one can do. */
export const head = (...parts) => fill(document.getElementById("head"), el("nav", { "aria-label": "Desk" }, parts));

const isTyping = (target) => target.closest?.("input, textarea, select, dialog");

/** Puts elements into a part of the page in place of what is there. */
export const fill = (part, ...children) => part.replaceChildren(...children.flat().filter((child) => child));

/** Calls what a key stands for, unless the person is typing or asks the browser for something. */
export const keys = (table) => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const action = table[event.key];
    if (!action) return;
    event.preventDefault();
    action(event);
  });
};

/** Shows a dialog and waits for what is chosen in it; nothing where it is closed. */
export const dialog = (title, fill, attributes = {}) =>
  new Promise((resolve) => {
    let chosen = null;
    const box = el("dialog", { "aria-label": title, ...attributes });
    const close = (value) => {
      chosen = value;
      box.close();
    };
    const before = document.activeElement;
    box.append(el("h2", {}, title), ...[fill(close)].flat());
    box.addEventListener("click", (event) => event.target === box && box.close());
    box.addEventListener("close", () => {
      box.remove();
      if (before?.isConnected) before.focus();
      resolve(chosen);
    });
    document.body.append(box);
    box.showModal();
  });

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * Lets a person choose one of some values, each by a letter, or type another one. Gives `{ value }`, or
 * nothing where nothing was chosen.
 */
export const choose = (title, items, { typed, none, now = "", long = false } = {}) =>
  dialog(title, (close) => {
    const all = [...items, ...(none ? [{ label: none, value: null }] : [])];
    const list = all.map((item, at) =>
      el("li", {}, button([key(LETTERS[at] ?? ""), " ", item.label, item.note ? el("small", {}, item.note) : ""],
        () => close({ value: item.value }), { "data-letter": LETTERS[at] })));
    const menu = el("ul", { class: "choices" }, list);
    menu.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const buttons = [...menu.querySelectorAll("button")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
      } else if (event.key.length === 1) {
        event.preventDefault();
        buttons.find((one) => one.dataset.letter === event.key.toLowerCase())?.click();
      }
    });
    if (!typed) return menu;
    const field = el(long ? "textarea" : "input", { "aria-label": typed, autofocus: all.length === 0, ...(long ? { rows: 4 } : { type: "text" }) });
    field.value = now ?? "";
    const form = el("form", { class: "typed" }, el("label", {}, typed, field), el("button", { type: "submit" }, "Use"));
    const use = () => close({ value: field.value.trim() || null });
    form.addEventListener("submit", (event) => (event.preventDefault(), use()));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) (event.preventDefault(), use());
    });
    return all.length > 0 ? [menu, form] : form;
  });

/** Shows which keys there are. */
export const help = (groups) =>
  dialog("Keys", (close) => [
    ...groups.map(([name, rows]) => [
      el("h3", {}, name),
      el("dl", { class: "keys" }, rows.map(([keys, what]) => [el("dt", {}, keys.split(" ").map((name) => [el("kbd", {}, name), " "])), el("dd", {}, what)])),
    ]).flat(),
    button("Close", () => close(null), { autofocus: true }),
  ], { class: "wide" });

/** `1 article`, `2 articles` */
export const counted = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
