// One article: the text as it came beside the facts that were read from it.

import { button, choose, dialog, el, fill, get, head, help, key, keys, post, say } from "./desk.js";
import { text, lines } from "./text.js";

const main = document.getElementById("main");
const query = new URLSearchParams(location.search);
const filter = query.get("filter") ?? "all";
let view = null;
let busy = false;

const name = (id) => [...view.companies, ...view.offers.companies].find((one) => one.id === id)?.name ?? id;
const kind = (id) => new Map(view.kinds).get(id) ?? id;
const sure = (claim) => claim.confidence !== null;

// --- What a person does ---

const wait = (isBusy) => {
  busy = isBusy;
  main.setAttribute("aria-busy", String(isBusy));
};

const open = async (path, isBack = false) => {
  if (!path) return void (location.href = `/_desk/?filter=${filter}`);
  main.setAttribute("aria-busy", "true");
  try {
    view = await get("article", { path, filter });
  } catch (error) {
    fill(main, el("p", { class: "bad" }, error.message), el("p", {}, el("a", { href: "/_desk/" }, "Back to the desk")));
    return;
  }
  const address = `/_desk/article?${new URLSearchParams({ path, filter })}`;
  if (!isBack && address !== location.pathname + location.search) history.pushState(null, "", address);
  wait(false);
  draw();
  scrollTo(0, 0);
  current()?.focus({ preventScroll: true });
};

/** Does some steps; gives whether they were done. */
const work = async (...steps) => {
  if (busy) return false;
  wait(true);
  try {
    const next = view.place.next;
    view = await post("/_desk/api/article", { path: view.path, hash: view.hash, steps, filter });
    // An article that waits no more has no place in the queue; the one after it is known from before.
    view.place.next = next;
    redraw();
    return true;
  } catch (error) {
    if (error.status === 409) await differ(error.value);
    else say(error.message, true);
    return false;
  } finally {
    wait(false);
  }
};

const differ = async ({ now, mine }) => {
  await dialog("The file has changed meanwhile", (close) => [
    el("p", {}, "Another program has written it since this page was loaded, so nothing was written."),
    el("div", { class: "both" },
      el("section", {}, el("h3", {}, "As it is now"), el("pre", { tabindex: "0" }, now)),
      el("section", {}, el("h3", {}, "As you would have it"), el("pre", { tabindex: "0" }, mine ?? "(it cannot be put together)"))),
    button("Go on with the file as it is now", () => close(true), { class: "main", autofocus: true }),
  ], { class: "wide" });
  await open(view.path);
};

const accept = async () => {
  const next = view.place.next;
  if (await work({ do: "accept" })) {
    await open(next);
    say("Accepted.");
  }
};

const undo = async () => {
  try {
    const { path } = await post("/_desk/api/undo", {});
    await open(path);
    say("Undone.");
  } catch (error) {
    say(error.message, true);
  }
};

const values = (list) => list.map((value) => ({ label: el("bdi", {}, value), value }));

const fields = {
  title: {
    label: "Title", key: "t", value: () => view.title,
    edit: async () => {
      const chosen = await choose("Title", values(view.offers.titles), { typed: "Another title", none: view.title && "No title", now: view.title });
      if (chosen) await work({ do: "title", text: chosen.value });
    },
  },
  date: {
    label: "Date", key: "d", value: () => view.date && `${view.date}${view.date_basis ? ` (${view.date_basis})` : ""}`,
    edit: async () => {
      const items = view.offers.dates.map(([date, line]) => ({ label: date, value: [date, line], note: line.slice(0, 90) }));
      const chosen = await choose("Date", items, { typed: "Another date, as far as known (2022-05-23, 2022-05, 2022)", none: view.date && "No date", now: view.date });
      if (!chosen) return;
      const [date, line] = Array.isArray(chosen.value) ? chosen.value : [chosen.value, null];
      await work({ do: "date", text: date, line: line || null });
    },
  },
  source: {
    label: "Source", key: "s", value: () => view.source,
    edit: async () => {
      const chosen = await choose("Source", values(view.offers.sources), { typed: "Another publisher", none: view.source && "No source", now: view.source });
      if (chosen) await work({ do: "source", name: chosen.value });
    },
  },
  authors: {
    label: "Authors", key: "o", value: () => view.authors.join(", "),
    edit: async () => {
      const items = view.offers.authors.map((author) => ({ label: el("bdi", {}, author), value: [author] }));
      if (view.offers.authors.length > 0 && view.authors.length > 0) {
        items.push(...view.offers.authors.map((author) => ({ label: el("bdi", {}, `also ${author}`), value: [...view.authors, author] })));
      }
      const chosen = await choose("Authors", items, { typed: "Other names, with commas between them", none: view.authors.length > 0 && "No author", now: view.authors.join(", ") });
      if (!chosen) return;
      const names = Array.isArray(chosen.value) ? chosen.value : (chosen.value ?? "").split(/[,、，]/);
      await work({ do: "authors", names });
    },
  },
  summary: {
    label: "Summary", key: "m", value: () => view.summary,
    edit: async () => {
      const chosen = await choose("Summary", [], { typed: "One or two sentences in your own words", now: view.summary, long: true });
      if (chosen) await work({ do: "summary", text: chosen.value });
    },
  },
};

const events = async (at) => {
  const items = view.events.map((event) => ({ label: event, value: event }));
  const chosen = await choose("What happened", items);
  if (chosen) await work({ do: "event", claim: at, event: chosen.value });
};

const kinds = async (at) => {
  const items = view.kinds.map(([id, label]) => ({ label, value: id }));
  const chosen = await choose("What kind of partnership", items);
  if (chosen) await work({ do: "kind", claim: at, kind: chosen.value });
};

const take = (claim) =>
  work({ do: "claim", parties: claim.parties, kind: claim.kind, event: claim.event, evidence: claim.evidence });

/** Another company, which the text may have under a name that nobody took for one. */
const addCompany = async () => {
  const items = view.offers.companies.map((one) => ({ label: el("bdi", {}, one.name), value: one.id }));
  const chosen = await choose("Company", items, { typed: "Its name, or its id" });
  if (chosen?.value) await work({ do: "company", name: chosen.value });
};

/** A new claim: two companies, then what it is; the first sentence that names both is its evidence. */
const claim = async () => {
  const items = view.companies.map((one) => ({ label: el("bdi", {}, one.name), value: one.id }));
  const first = await choose("A partnership: between whom", items);
  if (!first) return;
  const second = await choose(`Between ${name(first.value)} and`, items.filter((item) => item.value !== first.value));
  if (!second) return;
  const what = await choose("What kind of partnership", view.kinds.map(([id, label]) => ({ label, value: id })));
  if (!what) return;
  const event = await choose("What happened", view.events.map((one) => ({ label: one, value: one })));
  if (!event) return;
  const parties = [first.value, second.value];
  await work({ do: "claim", parties, kind: what.value, event: event.value, evidence: naming(parties) });
};

/** The first sentence of the body that names all of some companies. */
const naming = (ids) => {
  const forms = ids.map((id) => view.companies.find((one) => one.id === id)?.forms ?? []);
  const parts = new Intl.Segmenter(view.lang, { granularity: "sentence" });
  for (const line of view.lines.filter((line) => line.kept)) {
    for (const { segment } of parts.segment(line.text)) {
      if (forms.every((list) => list.some((form) => segment.includes(form)))) return segment.trim();
    }
  }
  return null;
};

/** What is done with words that are selected in the text, by key. */
const selected = {
  c: ["Company", (words) => work({ do: "company", name: words })],
  l: ["Alias of…", async (words) => {
    const items = view.companies.map((one) => ({ label: el("bdi", {}, one.name), value: one.id }));
    const chosen = await choose(`“${words}” is another name of`, items, { typed: "Another company" });
    if (chosen?.value) await work({ do: "alias", id: chosen.value, name: words });
  }],
  t: ["Title", (words) => work({ do: "title", text: words })],
  d: ["Date", (words, piece, line) => {
    const date = piece?.dataset.about.split(" ").find((about) => about.startsWith("date:"))?.slice(5);
    return work({ do: "date", text: date ?? words, line: date ? line : null });
  }],
  s: ["Source", (words) => work({ do: "source", name: words })],
  o: ["Author", (words) => work({ do: "authors", names: [...view.authors.filter((one) => one !== words), words] })],
  v: ["Evidence", (words) => {
    const at = claimAt();
    if (at === null) return say("There is no partnership that these words could tell of.", true);
    return work({ do: "evidence", claim: at, text: words });
  }],
};

// --- What is shown ---

const stops = () => [...main.querySelectorAll("[data-stop]")];
const current = () => {
  const focused = document.activeElement?.closest?.("[data-stop]");
  return focused ?? main.querySelector("[data-stop].open") ?? stops()[0];
};
const claimAt = () => {
  const at = current()?.dataset.claim ?? main.querySelector("[data-claim].open, [data-claim]")?.dataset.claim;
  return at === undefined ? null : Number(at);
};

/** What else a field may be, one click away. */
const others = (id) =>
  ({
    title: () => view.offers.titles.map((text) => [text, () => work({ do: "title", text })]),
    date: () => view.offers.dates.map(([date, line]) => [date, () => work({ do: "date", text: date, line: line || null })]),
    source: () => view.offers.sources.map((name) => [name, () => work({ do: "source", name })]),
    authors: () => view.offers.authors.map((name) => [name, () => work({ do: "authors", names: [...view.authors, name] })]),
    summary: () => [],
  })[id]();

const row = ([id, field]) => {
  const value = field.value();
  const isOpen = view.reasons.some((reason) => reason.id === `no-${id}`);
  const offers = others(id).slice(0, 3);
  const what = field.label.toLowerCase();
  return el("div", { class: `field${isOpen ? " open" : ""}`, "data-stop": id, "data-about": id, tabindex: "-1" },
    el("dt", {}, field.label),
    el("dd", {}, el("bdi", { class: value ? "" : "none", lang: id === "title" ? view.lang : null }, value || "none"),
      button(["Change ", key(field.key)], field.edit, { "aria-label": `Change ${what}` }),
      offers.length > 0 && el("ul", { class: "or" }, offers.map(([words, action]) =>
        el("li", {}, button(el("bdi", {}, words), action, { title: words, "aria-label": `Take ${words} for ${what}` }))))));
};

const company = (one) =>
  el("li", { class: `chip${one.known ? "" : " open"}`, "data-stop": `company:${one.id}`, "data-about": `company:${one.id}`, "data-company": one.id, tabindex: "-1" },
    el("bdi", {}, one.name), one.known ? null : el("small", {}, "new"),
    button("✗", () => work({ do: "drop", id: one.id }), { "aria-label": `Take ${one.name} out of this article`, title: "Not of this article (x)" }),
    button("⊘", () => work({ do: "never", id: one.id }), { "aria-label": `${one.name} is never a company`, title: "Never a company by that name (X)" }));

const offer = (one, at) =>
  el("li", { class: "chip offer", "data-stop": `offer:${one.id}`, "data-about": `offer:${one.id}`, "data-offer": one.id, tabindex: "-1" },
    button([key(at + 1), " ", el("bdi", {}, one.name), " ", el("small", {}, one.likely.toFixed(2))], () => work({ do: "company", name: one.id }),
      { "aria-label": `${one.name} ${one.likely.toFixed(2)}: take for a company` }));

const quote = (words) => (words ? el("blockquote", { lang: view.lang, dir: view.dir }, words) : null);
const meter = (value) => el("span", { class: "sure" }, el("meter", { min: 0, max: 1, value, "aria-label": "how sure" }), value.toFixed(2));

const told = (one, at) => {
  const isOpen = sure(one);
  const pair = one.parties.map(name).join(" + ");
  return el("li", { class: `claim${isOpen ? " open" : ""}`, "data-stop": `claim:${one.parties.join("--")}`, "data-about": `claim:${at}`, "data-claim": at, tabindex: "-1", "aria-label": `Partnership of ${pair}` },
    el("p", { class: "parties" }, el("bdi", {}, pair), isOpen ? meter(one.confidence) : el("small", { class: "confirmed" }, "confirmed")),
    el("p", { class: "acts" },
      button([kind(one.kind), " ", key("r")], () => kinds(at), { "aria-label": `Kind: ${kind(one.kind)}. Change` }),
      button([one.event, " ", key("e")], () => events(at), { "aria-label": `Event: ${one.event}. Change` }),
      one.date && one.date !== view.date ? el("span", {}, one.date) : null,
      el("span", { class: "gap" }),
      isOpen ? button(["✓ ", key("y")], () => work({ do: "confirm", claim: at }), { "aria-label": "Confirm", title: "Confirm (y)" }) : null,
      button(["✗ ", key("x")], () => work({ do: "reject", claim: at }), { "aria-label": "Reject", title: "Reject for good (x)" })),
    quote(one.evidence));
};

const more = (one, at) =>
  el("li", { class: "claim offer", "data-stop": `more:${one.parties.join("--")}`, "data-more": at, tabindex: "-1" },
    el("p", { class: "parties" }, el("bdi", {}, one.parties.map(name).join(" + ")), meter(one.confidence)),
    el("p", { class: "acts" }, el("span", {}, `${kind(one.kind)}, ${one.event}`), el("span", { class: "gap" }),
      button(["Take ", key("y")], () => take(one), { "aria-label": `Take ${one.parties.map(name).join(" and ")}` })),
    quote(one.evidence));

const reason = ({ id, words, near: [one, other] = [] }) =>
  el("li", { class: id }, words.replaceAll("`", ""), one && [
    button("One company", () => work({ do: "merge", id: one, into: other })),
    button("Two", () => work({ do: "apart", id: one, like: other }), { "aria-label": `${one} and ${other} are two companies` })]);

const facts = () =>
  el("section", { class: "facts", "aria-label": "Facts" },
    view.reasons.length > 0
      ? el("ul", { class: "reasons" }, view.reasons.map(reason))
      : el("p", { class: "settled" }, "Nothing is open here."),
    el("dl", {}, Object.entries(fields).map(row)),
    el("h2", {}, "Companies"),
    el("ul", { class: "chips" }, view.companies.map(company)),
    view.offers.companies.length > 0 && el("h3", {}, "On offer"),
    view.offers.companies.length > 0 && el("ul", { class: "chips" }, view.offers.companies.map(offer)),
    button(["Other company ", key("c")], addCompany),
    el("h2", {}, "Partnerships"),
    el("ul", { class: "claims" }, view.claims.map(told)),
    view.offers.claims.length > 0 && el("h3", {}, "On offer"),
    view.offers.claims.length > 0 && el("ul", { class: "claims" }, view.offers.claims.map(more)),
    view.companies.length > 1 && button(["New partnership ", key("p")], claim));

const draw = () => {
  document.title = `${view.title ?? view.path} · Tearsheet`;
  const { place } = view;
  head(el("a", { href: `/_desk/?filter=${filter}` }, "Desk"), el("span", { class: "place" }, `${place.total} to do`),
    el("span", { class: "gap" }),
    button(["Back ", key("b")], () => open(place.previous), { disabled: !place.previous }),
    button(["Skip ", key("n")], () => open(place.next)),
    button(["Undo ", key("u")], undo, { disabled: view.undo === 0 }),
    button(["Keys ", key("?")], shown),
    button(["Accept ", key("a")], accept, { class: "main" }));
  fill(main,
    el("h1", { lang: view.lang, dir: view.dir }, view.title ?? "(no title)"),
    el("p", { class: "path" }, el("code", {}, view.path), view.draft ? el("small", {}, "draft") : null,
      view.scheduled ? el("small", {}, `scheduled for ${view.scheduled}`) : null,
      view.url ? el("a", { href: view.url, rel: "noreferrer", target: "_blank" }, "the original") : null),
    el("div", { class: "both" }, text(view, { work, light, selected }), facts()));
};

/** Draws what has changed, and leaves the person where he was. */
const redraw = () => {
  const focused = document.activeElement?.closest?.("[data-stop], [data-line]");
  const stop = focused?.dataset.stop ?? null;
  const line = focused?.dataset.line ?? null;
  const at = stops().indexOf(focused);
  const scrolled = [...main.querySelectorAll(".text, .facts")].map((pane) => pane.scrollTop);
  draw();
  main.querySelectorAll(".text, .facts").forEach((pane, at) => (pane.scrollTop = scrolled[at] ?? 0));
  const again = line !== null ? lines()[Number(line)] : stops().find((one) => one.dataset.stop === stop);
  const next = again ?? main.querySelector("[data-claim].open") ?? stops()[Math.min(Math.max(at, 0), stops().length - 1)];
  next?.focus({ preventScroll: true });
};

/** Lights a fact and its words, and brings into sight what is on the other side. */
const light = (about, from) => {
  main.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
  const is = (one) => one.dataset.about.split(" ").some((word) => about.includes(word));
  const all = [...main.querySelectorAll("[data-about]")].filter(is);
  all.forEach((one) => one.classList.add("lit"));
  const pane = from.closest(".text, .facts");
  const other = all.find((one) => one.closest(".text, .facts") !== pane);
  other?.closest("details")?.setAttribute("open", "");
  other?.scrollIntoView({ block: "nearest" });
  return other;
};

main.addEventListener("focusin", (event) => {
  const fact = event.target.closest("[data-stop]");
  main.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
  fact?.classList.add("here");
  if (fact?.dataset.about) light(fact.dataset.about.split(" "), fact);
});
main.addEventListener("click", (event) => {
  const fact = event.target.closest("[data-stop]");
  if (fact && !event.target.closest("button")) fact.focus();
});

// --- Keys ---

const move = (step) => {
  const all = stops();
  const at = all.indexOf(document.activeElement?.closest?.("[data-stop]"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
};

const confirm = () => {
  const { claim: at, more: number, offer: id } = current()?.dataset ?? {};
  if (at !== undefined) work({ do: "confirm", claim: Number(at) });
  else if (number !== undefined) take(view.offers.claims[Number(number)]);
  else if (id !== undefined) work({ do: "company", name: id });
};

const reject = (isNever) => {
  const { claim: at, company: id } = current()?.dataset ?? {};
  if (at !== undefined) work({ do: "reject", claim: Number(at) });
  else if (id !== undefined) work({ do: isNever ? "never" : "drop", id });
};

const ofClaim = (action) => {
  const at = claimAt();
  if (at === null) say("This article has no partnership.");
  else action(at);
};

const table = {
  a: accept, n: () => open(view.place.next), b: () => view.place.previous && open(view.place.previous), u: undo,
  j: () => move(1), k: () => move(-1), y: confirm, x: () => reject(false), X: () => reject(true),
  e: () => ofClaim(events), r: () => ofClaim(kinds), p: claim, c: addCompany,
  w: () => (document.activeElement?.closest?.(".text") ? current() : lines().find((line) => line.classList.contains("kept")) ?? lines()[0])?.focus(),
  "?": () => shown(),
};
for (const field of Object.values(fields)) table[field.key] = field.edit;
for (let digit = 1; digit <= 9; digit++) {
  table[digit] = () => {
    const one = view.offers.companies[digit - 1];
    if (one) work({ do: "company", name: one.id });
  };
}

const shown = () => help([
  ["Article", [["a", "everything is right: accept, and go on"], ["n b", "skip, back"], ["u", "undo the last step"], ["w", "between text and facts"]]],
  ["Facts", [["j k", "down, up"], ["y", "confirm, or take what is on offer"], ["x", "reject"], ["X", "never a company by that name"],
    ["e r", "event, kind of the partnership"], ["1 9", "take a name on offer"], ["c", "another company"], ["p", "new partnership"],
    ["t d s o m", "title, date, source, authors, summary"]]],
  ["Text", [["↓ ↑", "next line, line before"], ["Space", "cut a line, or put it back"], ["− +", "cut all lines that are selected, put them back"]]],
  ["Words that are selected in the text", Object.entries(selected).map(([letter, [what]]) => [letter, what])],
]);

keys(table);
addEventListener("popstate", () => open(new URLSearchParams(location.search).get("path"), true));
await open(query.get("path"));
