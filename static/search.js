// Search over all languages, in the reader's browser. The search page says how the index is divided;
// only the parts that the words typed fall into are loaded, and then the documents that are shown.
"use strict";

(() => {
  const form = document.getElementById("search-form");
  const [box, status, names, list, more] =
    ["search-box", "search-status", "search-names", "search-list", "search-more"]
      .map((id) => document.getElementById(id));
  const say = form.dataset;
  const [PARTS, DOCUMENTS, PER_FILE, FIRST_ARTICLE] =
    [say.parts, say.documents, say.perFile, say.firstArticle].map(Number);
  const SITE = new URL("../", document.baseURI);
  const SHOWN_AT_ONCE = 10;
  const NAMES_SHOWN = 6;
  // What a term counts in the text, repeated in it, in the summary, in the name.
  const WEIGHTS = [1, 1.5, 2.5, 6];
  const BEGINNING_ONLY = 0.5;
  const LONGEST = 48;

  // The rules of src/parse/terms.rs.
  const ACCENTS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
  const LETTERS = { "đ": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ" };
  const RUN = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const OF_RUN = new RegExp(`^[${RUN}]`, "u");
  const STRETCHES = new RegExp(`[${RUN}]+|[^${RUN}]+`, "gu");
  const WORDS = /[\p{Alphabetic}\p{N}\p{M}]+/gu;
  const PART_OF_WORD = /[\p{Alphabetic}\p{N}\p{M}]/u;

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(ACCENTS, "").normalize("NFC")
    .replace(/[đøłıßæœς]/g, (letter) => LETTERS[letter]);

  const bytes = (text) => new TextEncoder().encode(text);

  const cut = (term) => {
    while (bytes(term).length > LONGEST) term = [...term].slice(0, -1).join("");
    return term;
  };

  /** The stretches of a text that are looked for: words, and runs of a script without spaces. */
  const stretches = (text) => (fold(text).match(WORDS) ?? []).flatMap((word) => word.match(STRETCHES));

  /** The terms of a stretch. */
  const terms = (stretch) => {
    if (!OF_RUN.test(stretch)) return [cut(stretch)];
    const letters = [...stretch];
    return letters.map((letter, at) => letter + (letters[at + 1] ?? ""));
  };

  const partOf = (term) => {
    const key = term.startsWith("=") ? term : [...term].slice(0, OF_RUN.test(term) ? 1 : 3).join("");
    let hash = 0x811c9dc5;
    for (const byte of bytes(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return (hash ^ (hash >>> 16)) & (PARTS - 1);
  };

  const loaded = new Map();
  const load = (path) => {
    if (!loaded.has(path)) {
      const answer = fetch(new URL(`search/${path}`, SITE)).then((response) => {
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        return response.json();
      });
      loaded.set(path, answer);
      answer.catch(() => loaded.delete(path));
    }
    return loaded.get(path);
  };

  const documentOf = async (number) =>
    (await load(`found/${Math.floor(number / PER_FILE)}.json`))[number % PER_FILE];

  /** Adds the documents of one entry of the index to `scores`, each with its best score. */
  const collect = (scores, postings, factor) => {
    const rarity = Math.log(1 + DOCUMENTS / postings.length);
    let number = 0;
    for (const posting of postings) {
      number += posting >> 2;
      const score = factor * rarity * WEIGHTS[posting & 3];
      if (score > (scores.get(number) ?? 0)) scores.set(number, score);
    }
  };

  /** The documents with a term, by number, with scores. */
  const find = async (term, isUnfinished) => {
    const part = await load(`terms/${partOf(term)}.json`);
    const scores = new Map();
    if (Object.hasOwn(part, term)) collect(scores, part[term], 1);
    const isLong = OF_RUN.test(term) || [...term].length >= 3;
    if (isLong && (isUnfinished || scores.size === 0)) {
      for (const [other, postings] of Object.entries(part)) {
        if (other !== term && other.startsWith(term)) collect(scores, postings, BEGINNING_ONLY);
      }
    }
    return scores;
  };

  /** The documents with a whole stretch. */
  const findStretch = async (stretch, isLast) => {
    const all = terms(stretch);
    const isRun = OF_RUN.test(stretch);
    // A run is found by its pairs; its last letter alone is part of the last pair.
    const wanted = isRun && all.length > 1 ? all.slice(0, -1) : all;
    const isUnfinished = isRun ? all.length === 1 : isLast;
    return both(await Promise.all(wanted.map((term) => find(term, isUnfinished))));
  };

  /** The documents in all of some results. */
  const both = (results) => {
    const [first, ...rest] = [...results].sort((a, b) => a.size - b.size);
    const common = new Map();
    for (const [number, score] of first ?? []) {
      if (rest.every((other) => other.has(number))) {
        common.set(number, rest.reduce((sum, other) => sum + other.get(number), score));
      }
    }
    return common;
  };

  /** The documents in any of some results; those with more of the words first. */
  const any = (results) => {
    const all = new Map();
    for (const result of results) {
      for (const [number, score] of result) all.set(number, (all.get(number) ?? 0) + 1000 + score);
    }
    return all;
  };

  const search = async (query, filters) => {
    const wanted = stretches(query);
    const last = wanted.length - 1;
    const isOpen = !/\s$/.test(query);
    const found = await Promise.all(wanted.map((one, at) => findStretch(one, isOpen && at === last)));
    const narrow = await Promise.all(filters.map(([name, value]) => find(`=${name}:${value}`, false)));
    // How rare a company or a year is says nothing of an article.
    for (const result of narrow) for (const number of result.keys()) result.set(number, 0);
    let isPartial = false;
    let scores = both([...found, ...narrow]);
    if (scores.size === 0 && wanted.length > 1) {
      scores = both([any(found), ...narrow]);
      isPartial = scores.size > 0;
    }
    const numbers = [...scores.keys()];
    numbers.sort((a, b) => scores.get(b) - scores.get(a) || a - b);
    return { wanted, isPartial, numbers };
  };

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /** Where the stretches stand in a text: from, to, and which. */
  const places = (text, wanted) => {
    let folded = "";
    const origin = [];
    let at = 0;
    for (const letter of text) {
      const small = letter < "\u0080" ? letter.toLowerCase() : fold(letter);
      folded += small;
      for (let i = 0; i < small.length; i += 1) origin.push(at);
      at += letter.length;
    }
    origin.push(at);
    const found = [];
    wanted.forEach((stretch, which) => {
      for (let from = folded.indexOf(stretch); from >= 0; from = folded.indexOf(stretch, from + 1)) {
        const isStart = OF_RUN.test(stretch) || from === 0
          || !PART_OF_WORD.test(folded[from - 1]) || OF_RUN.test(folded[from - 1]);
        if (isStart) found.push({ from: origin[from], to: origin[from + stretch.length], which });
      }
    });
    return found.sort((a, b) => a.from - b.from);
  };

  /** A text with the stretches marked. */
  const marked = (text, wanted) => {
    const pieces = [];
    let at = 0;
    for (const { from, to } of places(text, wanted)) {
      if (from < at) continue;
      pieces.push(text.slice(at, from), element("mark", {}, text.slice(from, to)));
      at = to;
    }
    return [...pieces, text.slice(at)];
  };

  /** The part of a text with most of the stretches in it. */
  const extract = (text, wanted) => {
    const isDense = OF_RUN.test(text.trim());
    const [before, length] = isDense ? [20, 90] : [60, 220];
    const all = places(text, wanted);
    const rating = (start) => new Set(all
      .filter(({ from, to }) => from >= start && to <= start + length - before)
      .map(({ which }) => which)).size;
    let best = null;
    for (const { from } of all.slice(0, 200)) {
      const rate = rating(from);
      if (!best || rate > best.rate) best = { from, rate };
    }
    if (!best) return null;
    let start = Math.max(0, best.from - before);
    let end = Math.min(text.length, start + length);
    if (!isDense && start > 0) start = text.indexOf(" ", start) + 1;
    if (!isDense && end < text.length) end = Math.max(best.from + 20, text.lastIndexOf(" ", end));
    return (start > 0 ? "… " : "") + text.slice(start, end).trim() + (end < text.length ? " …" : "");
  };

  const url = (address) => new URL(address.slice(1), SITE).href;

  /** Shows where the words stand in the article, from its own page. */
  const quote = async (note, address, wanted) => {
    const answer = await fetch(url(address));
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const text = [...page.querySelectorAll("[data-search-text]")]
      .map((part) => part.textContent).join(" ").replace(/\s+/g, " ");
    const words = extract(text, wanted);
    if (words) note.replaceChildren(...marked(words, wanted));
  };

  const article = (found, wanted) => {
    const own = { lang: found.lang, dir: found.dir };
    const credit = element("p", { class: "credit parts" });
    if (found.source) credit.append(element("b", { class: "publisher" }, found.source));
    if (found.date) credit.append(element("span", {}, found.date));
    if (found.language) credit.append(element("span", { class: "lang", lang: found.lang }, found.language));
    const note = element("p", { class: "summary", ...own }, ...marked(found.note ?? "", wanted));
    const title = element("a", { href: url(found.address) }, ...marked(found.title, wanted));
    if (wanted.length > 0) quote(note, found.address, wanted).catch(() => {});
    return element("li", { class: "found" }, credit, element("h2", own, title), note);
  };

  const name = (found, wanted) => element("li", { class: "parts" },
    element("a", { href: url(found.address) }, ...marked(found.title, wanted)),
    ...[say[found.kind], found.note].filter(Boolean).map((note) => element("span", { class: "count" }, note)));

  const plural = (words, number) => {
    const forms = words.split("|");
    return `${number.toLocaleString(document.documentElement.lang)} ${forms[number === 1 ? 0 : forms.length - 1]}`;
  };

  let turn = 0;
  const chosen = () => [...form.querySelectorAll("select")]
    .filter((select) => select.value)
    .map((select) => [select.name, select.value]);

  const clear = (words) => {
    status.textContent = words;
    names.replaceChildren();
    list.replaceChildren();
    more.hidden = true;
  };

  const show = async (mine, { wanted, isPartial, numbers }) => {
    const articles = numbers.filter((number) => number >= FIRST_ARTICLE);
    const others = isPartial ? [] : numbers.filter((number) => number < FIRST_ARTICLE);
    const [top, first] = await Promise.all([
      Promise.all(others.slice(0, NAMES_SHOWN).map(documentOf)),
      Promise.all(articles.slice(0, SHOWN_AT_ONCE).map(documentOf)),
    ]);
    if (mine !== turn) return;
    const total = articles.length + others.length;
    status.textContent = total === 0 ? say.none
      : `${plural(say.results, total)}${isPartial ? `. ${say.partial}` : ""}`;
    names.replaceChildren(...top.map((found) => name(found, wanted)));
    list.replaceChildren(...first.map((found) => article(found, wanted)));
    let shown = first.length;
    more.hidden = shown >= articles.length;
    more.onclick = async () => {
      const next = articles.slice(shown, shown + SHOWN_AT_ONCE);
      const added = (await Promise.all(next.map(documentOf))).map((found) => article(found, wanted));
      if (mine !== turn) return;
      list.append(...added);
      shown += next.length;
      more.hidden = shown >= articles.length;
      added[0]?.querySelector("a").focus();
    };
  };

  const run = async () => {
    turn += 1;
    const mine = turn;
    const filters = chosen();
    const parameters = new URLSearchParams([["q", box.value.trim()], ...filters].filter(([, value]) => value));
    history.replaceState(null, "", parameters.size > 0 ? `?${parameters}` : location.pathname);
    if (parameters.size === 0) {
      clear("");
      return;
    }
    try {
      const result = await search(box.value, filters);
      if (mine === turn) await show(mine, result);
    } catch (error) {
      if (mine === turn) clear(say.failed);
      console.warn(error);
    }
  };

  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [box, ...document.querySelectorAll("#search-names a, #search-list h2 a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && at > 0) box.focus();
    if (!step || at < 0 || !links[at + step]) return;
    event.preventDefault();
    links[at + step].focus();
  };

  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, 80);
  });
  form.addEventListener("change", run);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    run();
  });
  document.addEventListener("keydown", move);

  const asked = new URLSearchParams(location.search);
  box.value = asked.get("q") ?? "";
  for (const select of form.querySelectorAll("select")) {
    const value = asked.get(select.name);
    if (value && ![...select.options].some((option) => option.value === value)) {
      select.append(element("option", { value }, value));
    }
    select.value = value ?? "";
  }
  if (asked.size > 0) run();
  else box.focus();
})();
