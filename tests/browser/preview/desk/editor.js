// An editor who knows what is right: `plan(label)` says what he does next at the desk, one act at a time.
// Acts: { click: [x, y] }, { drag: [x, y, x, y] }, { key: "a" }, { type: "words" }, { wait: true },
// { done: true }. Names are the same where their letters and digits are.
(() => {
  const plain = (text) => (text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const words = (element) => [...element.childNodes].filter((node) => node.nodeName !== "KBD" && node.nodeName !== "SMALL").map((node) => node.textContent).join("").trim();

  const click = (element) => {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    return { click: [box.left + box.width / 2, box.top + box.height / 2], what: element.getAttribute("aria-label") ?? element.textContent.slice(0, 40) };
  };

  /** Marks words of a line of the text with the mouse. */
  const drag = (from, start, to, end) => {
    const range = document.createRange();
    const place = (line, at) => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let node = null;
      while ((node = walker.nextNode())) {
        if (at <= node.length) return [node, at];
        at -= node.length;
      }
      return null;
    };
    const [first, last] = [place(from, start), place(to, end)];
    if (!first || !last) return null;
    from.scrollIntoView({ block: "start", behavior: "instant" });
    range.setStart(...first);
    range.setEnd(...last);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    if (boxes.length === 0) return null;
    const [a, z] = [boxes[0], boxes.at(-1)];
    return { drag: [a.left + 0.5, a.top + a.height / 2, z.right - 0.5, z.top + z.height / 2] };
  };

  const selection = (text) => {
    // What is folded away is opened first.
    const has = (p) => p.textContent.includes(text);
    const found = all("[data-line] p").filter(has);
    const p = found.find((p) => p.checkVisibility());
    if (!p) return found.length > 0 ? { open: one("summary", found[0].closest("details")) } : null;
    const at = p.textContent.indexOf(text);
    return drag(p, at, p, at + text.length);
  };

  const dialog = () => one("dialog[open]");

  /** What to do in an open menu to get a value: its letter, or its words typed. */
  const chosen = (fits, typed) => {
    const box = dialog();
    const item = all(".choices button", box).find((button) => fits(words(button)));
    if (item) return item.dataset.letter ? { key: item.dataset.letter } : click(item);
    const field = one("input, textarea", box);
    if (!field) return null;
    if (document.activeElement !== field) return click(field);
    if (field.value === typed) return { key: "Enter" };
    field.select();
    return { type: typed };
  };

  let goal = null;
  const set = (next) => {
    goal = next;
    return next.first;
  };
  const tried = new Set();

  const value = (id) => {
    const bdi = one(`[data-stop="${id}"] bdi`);
    return bdi.classList.contains("none") ? null : bdi.textContent;
  };

  const field = (id, letter, fits, wanted, none) => {
    if (fits(value(id)) || tried.has(id)) return null;
    if (wanted === null) {
      tried.add(id);
      return set({ first: { key: letter }, fits: (words) => words === none, typed: "" });
    }
    const offered = all(`[data-stop="${id}"] .or button`).find((button) => fits(words(button)));
    if (offered) return click(offered);
    if (!tried.has(`${id} drag`)) {
      const marked = selection(wanted);
      if (marked?.open) return click(marked.open);
      tried.add(`${id} drag`);
      if (marked) return set({ first: marked, then: letter });
    }
    tried.add(id);
    return set({ first: { key: letter }, fits, typed: wanted });
  };

  const isOf = (names, shown) => names.some((name) => plain(name) === plain(shown));
  const is = (company, chip) => isOf(company, one("bdi", chip).textContent) || isOf(company, chip.dataset.company ?? chip.dataset.offer);

  const companies = (label) => {
    const allowed = [...label.companies, ...label.optional];
    for (const chip of all("[data-company]")) {
      if (!allowed.some((company) => is(company, chip))) {
        const isNew = one("small", chip) !== null;
        return click(all("button", chip)[isNew ? 1 : 0]);
      }
    }
    for (const company of label.companies) {
      if (all("[data-company]").some((chip) => is(company, chip))) continue;
      const name = `company ${company[0]}`;
      if (tried.has(name)) continue;
      const offer = all("[data-offer]").find((chip) => is(company, chip));
      if (offer) return { key: one("kbd", offer).dataset.key };
      for (const form of company) {
        const marked = selection(form);
        if (marked?.open) return click(marked.open);
        if (marked) return tried.add(name), set({ first: marked, then: "c" });
      }
      tried.add(name);
      return set({ first: { key: "c" }, fits: () => false, typed: company[0] });
    }
    return null;
  };

  const parties = (claim) => words(one(".parties", claim)).split(" + ").length && one(".parties bdi", claim).textContent.split(" + ");
  const ofPair = (pair, claim) => {
    const names = parties(claim);
    const ids = (claim.dataset.stop ?? "").replace(/^\w+:/, "").split("--");
    return names.length === 2 && [[0, 1], [1, 0]].some((order) =>
      order.every((at, number) => isOf(pair[number], names[at]) || isOf(pair[number], ids[at])));
  };

  const claims = (label) => {
    for (const claim of all("[data-claim]")) {
      if (![...label.partnerships.map((one) => one.parties), ...label.pairs].some((pair) => ofPair(pair, claim))) {
        return click(all("button", claim).at(-1));
      }
    }
    for (const wanted of label.partnerships) {
      const claim = all("[data-claim]").find((claim) => ofPair(wanted.parties, claim));
      const name = `claim ${wanted.parties.map((party) => party[0]).join(" ")}`;
      if (!claim) {
        const more = all("[data-more]").find((more) => ofPair(wanted.parties, more));
        if (more) return click(one("button", more));
        const has = wanted.parties.every((party) => all("[data-company]").some((chip) => is(party, chip)));
        if (!has || tried.has(name)) continue;
        tried.add(name);
        return set({ first: { key: "p" }, steps: [(words) => isOf(wanted.parties[0], words), (words) => isOf(wanted.parties[1], words),
          (words) => plain(words) === plain(wanted.kinds[0]), (words) => words === wanted.event] });
      }
      const [kind, event] = all(".acts button", claim);
      if (!wanted.kinds.some((one) => plain(one) === plain(words(kind))) && !tried.has(`${name} kind`)) {
        tried.add(`${name} kind`);
        return set({ first: click(kind), fits: (words) => plain(words) === plain(wanted.kinds[0]) });
      }
      if (words(event) !== wanted.event && !tried.has(`${name} event`)) return tried.add(`${name} event`), set({ first: click(event), fits: (words) => words === wanted.event });
    }
    return null;
  };

  /** Whether two lines can be in sight at once. */
  const isNear = (line, first) => line.getBoundingClientRect().bottom - first.getBoundingClientRect().top < 700;

  const squeezed = (text) => text.replace(/\s+/g, " ").trim();

  const lines = (label) => {
    const body = plain(label.body);
    const rows = all("[data-line]").sort((a, b) => a.dataset.line - b.dataset.line);
    const state = rows.map((row) => {
      const text = squeezed(one("p", row).textContent);
      const isKept = row.classList.contains("kept");
      const isWrong = isKept && label.must_not_contain.some((words) => plain(text).includes(plain(words))) && !body.includes(plain(text));
      const isLost = !isKept && plain(text).length > 30 && body.includes(plain(text));
      return isWrong ? "-" : isLost ? "+" : isKept ? "kept" : "out";
    });
    for (const sign of ["-", "+"]) {
      const at = state.indexOf(sign);
      if (at < 0 || tried.has(`${sign} ${at}`)) continue;
      const folded = rows[at].closest("details:not([open])");
      if (folded) return click(one("summary", folded));
      // As many in a row as can be marked at once; what lies between and stays as it is makes no difference.
      let end = at;
      for (let next = at + 1; next < rows.length && rows[next].checkVisibility() && isNear(rows[next], rows[at]); next++) {
        if (state[next] === sign) end = next;
        else if (state[next] !== (sign === "-" ? "out" : "kept")) break;
      }
      tried.add(`${sign} ${at}`);
      if (end === at) return click(one(".toggle", rows[at]));
      const [p, q] = [one("p", rows[at]), one("p", rows[end])];
      const marked = drag(p, 0, q, q.textContent.length);
      return marked ? set({ first: marked, then: sign }) : click(one(".toggle", rows[at]));
    }
    return null;
  };

  let reads = "";
  // Which fact the act that was begun is about, so that the keys can be counted for each.
  let about = "";
  window.plan = (label) => ({ ...next(label), about });
  const next = (label) => {
    const path = new URLSearchParams(location.search).get("path");
    if (reads !== path) {
      reads = path;
      goal = null;
      tried.clear();
    }
    const box = dialog();
    if (box && goal) {
      if (goal.steps) {
        const fits = goal.steps.shift();
        return chosen(fits, "") ?? { failed: `nothing in ${box.getAttribute("aria-label")}` };
      }
      return chosen(goal.fits, goal.typed) ?? { key: "Escape" };
    }
    if (goal?.then) {
      const letter = goal.then;
      goal = null;
      return { key: letter };
    }
    goal = null;
    const same = (wanted) => (shown) => (wanted.length === 0 ? shown === null : wanted.some((one) => plain(one) === plain(shown)));
    const day = (shown) => (label.date === null ? shown === null : (shown ?? "").split(" (")[0] === label.date);
    const names = (shown) => (shown ?? "").split(/, /).map(plain).filter(Boolean).sort().join() === label.authors.map(plain).sort().join();
    const missing = label.authors.filter((name) => !plain(value("authors")).includes(plain(name)));
    const isOnlyShort = (value("authors") ?? "").split(/, /).map(plain).filter(Boolean).every((name) => label.authors.map(plain).includes(name));
    const offer = isOnlyShort && all("[data-stop=authors] .or button").find((button) => missing.some((name) => plain(name) === plain(words(button))));
    const parts = {
      lines: () => lines(label),
      authors: () => (offer ? click(offer) : null),
      title: () => field("title", "t", same(label.titles), label.titles[0] ?? null, "No title"),
      date: () => field("date", "d", day, label.date, "No date"),
      source: () => (label.sources.length > 0 ? field("source", "s", same(label.sources), label.sources[0], "No source") : null),
      "all authors": () => field("authors", "o", names, label.authors.join(", ") || null, "No author"),
      companies: () => companies(label),
      claims: () => claims(label),
    };
    for (const [part, act] of Object.entries(parts)) {
      about = part;
      const found = act();
      if (found) return found;
    }
    return { done: true };
  };
})();
