// Takes a page from the bookmark and, when the person says so, puts it into the inbox.

import { button, el, fill, head, post } from "./desk.js";

const main = document.getElementById("main");
let page = null;

const tell = (...parts) => fill(main, el("h1", {}, "Clip a page"), ...parts);

const send = async () => {
  try {
    const { name } = await post("/_desk/clip", page);
    tell(el("p", {}, "The page is in ", el("code", {}, name), " and will be read in a moment."),
      el("p", {}, el("a", { href: "/_desk/" }, "To the desk")));
  } catch (error) {
    tell(el("p", { class: "bad" }, error.message), button("Try again", send));
  }
};

// Any page can open this one and send it something, so only the person's own key puts it anywhere.
addEventListener("message", (event) => {
  if (page || event.source !== opener || typeof event.data?.html !== "string") return;
  page = { url: String(event.data.url), title: String(event.data.title ?? ""), html: event.data.html };
  tell(el("p", {}, "This page is to go into the inbox:"),
    el("blockquote", {}, el("strong", {}, el("bdi", {}, page.title || "(no title)")), el("br"), el("code", {}, page.url)),
    button("Put it into the inbox", send, { class: "main", autofocus: true }));
  main.querySelector("button").focus();
});
head(el("a", { href: "/_desk/" }, "Desk"), el("a", { href: "/" }, "Preview"));
tell(el("p", {}, opener
  ? "Waiting for the page…"
  : "Open a page with an article and use the bookmark from the desk. A page that does not let itself be sent can be saved into inbox/."));
opener?.postMessage("tearsheet", "*");
