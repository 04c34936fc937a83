// The queue: what waits for a person.

import { button, counted, el, fill, get, head, help, key, keys, post, say } from "./desk.js";

const NAMES = {
  all: "All", undated: "No date", unsure: "Low confidence", unknown: "Unknown company",
  disputed: "Disputed", new: "New today",
};
const main = document.getElementById("main");
const query = new URLSearchParams(location.search);
let filter = query.get("filter") ?? "all";
let rows = [];
let count = 100;

const address = (row) => `/_desk/article?${new URLSearchParams({ path: row.path, filter })}`;

const clip = () => {
  const page = `${location.origin}/_desk/clip`;
  const code = `(()=>{const w=open('${page}'),m={url:location.href,title:document.title,` +
    `html:document.documentElement.outerHTML};addEventListener('message',e=>{` +
    `e.source===w&&e.data==='tearsheet'&&w.postMessage(m,'${location.origin}')})})()`;
  return el("details", { class: "clip" }, el("summary", {}, "Clip pages from the browser"),
    el("p", {}, "Drag this to the bookmarks: ",
      el("a", { class: "mark", href: `javascript:${encodeURIComponent(code)}`, onclick: (event) => event.preventDefault() },
        "To Tearsheet"),
      " On a page with an article it opens the desk, which puts the page into ", el("code", {}, "inbox/"), "."));
};

const line = (row) =>
  el("li", {}, el("a", { href: address(row) },
    el("bdi", { class: "title", lang: row.lang, dir: row.dir }, row.title ?? "(no title)"),
    el("span", { class: "about" }, [row.source, row.date, row.lang, row.scheduled && `scheduled for ${row.scheduled}`].filter(Boolean).map((part) => el("bdi", {}, part)))),
  el("ul", { class: "reasons" }, row.reasons.map((reason) => el("li", { class: reason.id }, reason.words.replaceAll("`", "")))));

const links = () => [...main.querySelectorAll(".queue > li > a")];

const show = (queue) => {
  // Whoever stands on an article stands on it still, or on the one that took its place.
  const at = links().indexOf(document.activeElement);
  const stood = at < 0 ? null : links()[at].getAttribute("href");
  rows = queue.rows;
  const counts = Object.fromEntries(queue.counts);
  const tab = ([id, name]) => el("li", {}, el("a", {
    href: `?filter=${id}`, "aria-current": id === filter ? "page" : null,
    onclick: (event) => (event.preventDefault(), (filter = id), history.replaceState(null, "", `?filter=${id}`), load()),
  }, name, " ", el("span", { class: "count" }, String(counts[id] ?? 0))));
  fill(main,
    el("h1", {}, "What needs a person"),
    el("ul", { class: "tabs", role: "list" }, Object.entries(NAMES).map(tab)),
    queue.news.length > 0 && el("details", { class: "news" },
      el("summary", {}, `${counted(queue.news.length, "article")} that nobody has edited read anew`),
      el("ul", {}, [...queue.news].reverse().map(([path, change]) => el("li", {}, el("code", {}, path), el("pre", {}, change))))),
    rows.length > 0
      ? el("ol", { class: "queue" }, rows.map(line))
      : el("p", { class: "empty" }, counts.all === 0
        ? "Nothing waits. What you put into inbox/ comes here when it is read."
        : "Nothing of this sort waits."),
    queue.total > rows.length && el("p", { class: "more" }, `${queue.total - rows.length} more come after these. `, button("Show more", () => ((count += 100), load()))),
    clip());
  if (stood !== null) {
    (links().find((link) => link.getAttribute("href") === stood) ?? links()[at])?.focus();
  }
};

let shown = "";
const load = async () => {
  try {
    const queue = await get("queue", { filter, rows: count });
    // The server tells of every edition, also of those in which nothing of this is different.
    const now = JSON.stringify([filter, queue]);
    if (now !== shown) show(queue);
    shown = now;
  } catch (error) {
    fill(main, el("h1", {}, "What needs a person"), el("p", { class: "bad" }, error.message), button("Try again", load));
  }
};

const move = (step) => {
  const all = links();
  const at = all.indexOf(document.activeElement);
  all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
};
const undo = async () => {
  try {
    const { path } = await post("/_desk/api/undo", {});
    say(`Undone: ${path}`);
    load();
  } catch (error) {
    say(error.message, true);
  }
};
const list = () => help([["Queue", [["j k", "down, up"], ["Enter", "open"], ["u", "undo the last step"], ["?", "this list"]]]]);

head(el("a", { href: "/_desk/", "aria-current": "page" }, "Desk"), el("a", { href: "/" }, "Preview"),
  el("span", { class: "gap" }), button(["Undo ", key("u")], undo), button(["Keys ", key("?")], list));
keys({
  j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), u: undo, "?": list,
});
await load();
// What is accepted elsewhere, or comes into the inbox, shows by itself.
new EventSource("/__tearsheet/events").addEventListener("message", load);
