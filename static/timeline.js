// Adds to drawings of partnerships a card for each mark, and to the timeline filters that combine, are kept
// in the address and draw anew what fits them. Everything that it shows stands on pages as well.
"use strict";

(() => {
  const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
  const box = document.querySelector(".lanes-box");
  const view = box?.querySelector(".lanes-view");
  if (!view) return;

  // A card beside the mark that is pointed at, with what the list of events says of it.
  const card = document.createElement("div");
  card.className = "lane-card";
  card.hidden = true;
  box.append(card);
  const pages = new Map();
  const told = async (url) => {
    const id = decodeURIComponent(url.hash.slice(1));
    const here = document.getElementById(id);
    if (here) return here.cloneNode(true);
    const address = url.href.split("#")[0];
    if (!pages.has(address)) pages.set(address, fetch(address).then((page) => page.text()).catch(() => ""));
    const there = new DOMParser().parseFromString(await pages.get(address), "text/html").getElementById(id);
    for (const link of there?.querySelectorAll("a") ?? []) link.href = new URL(link.getAttribute("href"), address);
    return there;
  };
  let shown = null;
  const show = async (mark) => {
    if (shown === mark) return;
    shown = mark;
    const title = mark.querySelector("title")?.textContent ?? "";
    const lane = mark.closest(".lane")?.querySelector("title")?.textContent ?? "";
    card.innerHTML = `<p class="event-parties">${escape(lane)}</p>${title.split("\n").map((line) => `<p>${escape(line)}</p>`).join("")}`;
    place(mark);
    if (mark.classList.contains("many")) return;
    const event = await told(new URL(mark.href.baseVal, location.href));
    if (!event || shown !== mark) return;
    const parts = event.querySelectorAll(".event-head, .evidence, .event-source");
    card.innerHTML = `<p class="event-parties">${escape(lane)}</p>`;
    card.append(...[...parts].slice(0, 3));
    place(mark);
  };
  const place = (mark) => {
    card.hidden = false;
    const [at, around] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
    const left = Math.max(4, Math.min(at.left - around.left - 20, around.width - card.offsetWidth - 4));
    const below = at.bottom - around.top + 8;
    card.style.left = `${left}px`;
    card.style.top = `${below}px`;
  };
  const hide = () => { shown = null; card.hidden = true; };
  const markOf = (target) => target.closest?.(".lane a:not(:first-child)");
  view.addEventListener("pointerover", (event) => { const mark = markOf(event.target); if (mark) show(mark); });
  view.addEventListener("focusin", (event) => { const mark = markOf(event.target); if (mark) show(mark); else hide(); });
  box.addEventListener("pointerleave", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  // A finger cannot hover: its first tap shows the card, the second one follows the link.
  let tapped = null;
  view.addEventListener("click", (event) => {
    const mark = markOf(event.target);
    if (mark && event.pointerType === "touch" && tapped !== mark) {
      event.preventDefault();
      tapped = mark;
      show(mark);
    }
  });

  const form = document.getElementById("page-explore");
  if (!form || location.protocol === "file:") return;
  const { source, root, shown: words } = form.dataset;
  const status = document.getElementById("page-explore-status");
  const names = document.getElementById("page-explore-companies");
  const DRAWN = 100;
  const KEYS = ["company", "kind", "status", "from", "to"];
  form.hidden = false;

  let loading = null;
  const load = () => (loading ??= fetch(source).then((file) => file.json()).then((data) => {
    data.byName = new Map(data.companies.map(([id, name], at) => [name.toLowerCase(), at]));
    data.byId = new Map(data.companies.map(([id], at) => [id, at]));
    names.innerHTML = data.companies.map(([, name]) => `<option value="${escape(name)}"></option>`).join("");
    return data;
  }));

  // Dates as days: the first one that a date can mean, and the last.
  const DAY = 864e5;
  const first = (date) => { const [y, m = 1, d = 1] = date.split("-").map(Number); return Date.UTC(y, m - 1, d) / DAY; };
  const last = (date) => {
    const [y, m, d] = date.split("-").map(Number);
    return (d ? Date.UTC(y, m - 1, d) : m ? Date.UTC(y, m, 0) : Date.UTC(y, 11, 31)) / DAY;
  };
  const month = (day) => new Date(day * DAY).toISOString().slice(0, 7);

  const fits = (data, asked) => {
    const company = asked.company ? data.byId.get(asked.company) ?? -1 : null;
    const kind = asked.kind ? data.kinds.findIndex(([id]) => id === asked.kind) : null;
    const state = asked.status ? data.statuses.findIndex(([id]) => id === asked.status) : null;
    const [from, to] = [asked.from ? first(asked.from) : -Infinity, asked.to ? last(asked.to) : Infinity];
    const now = last(data.today);
    return data.lanes.filter(([parties, kinds, of, spans, marks]) =>
      (company === null || parties.includes(company)) && (kind === null || kinds.includes(kind)) && (state === null || of === state)
      && (marks.some(([date]) => last(date) >= from && first(date) <= to)
        || spans.some(([a, z, over]) => a && first(a) <= to && (z ? last(z) : over ? last(a) : now) >= from)));
  };

  const scale = { from: 0, to: 1, left: 0, right: 1 };
  const draw = (data, lanes, asked) => {
    const width = Math.max(320, view.clientWidth);
    const narrow = width < 700;
    const [left, right, row] = narrow ? [12, width - 12, 44] : [268, width - 12, 34];
    const starts = lanes.flatMap(([, , , spans, marks]) => [...spans.map(([a]) => a), ...marks.map(([date]) => date)]).filter(Boolean);
    const from = asked.from ? first(asked.from) : Math.min(...starts.map(first), last(data.today) - 365);
    const to = asked.to ? last(asked.to) + 1 : last(data.today) + 90;
    Object.assign(scale, { from, to, left, right });
    const x = (day) => Math.max(left, Math.min(right, left + (day - from) / (to - from) * (right - left)));
    const height = 34 + row * lanes.length + 8;
    const out = [`<svg class="lanes drawn" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group">`];
    const begin = new Date(from * DAY).getUTCFullYear();
    const end = new Date(to * DAY).getUTCFullYear();
    const step = [1, 2, 5, 10, 20].find((n) => n * 366 / (to - from) * (right - left) > 40) ?? 50;
    for (let year = begin; year <= end; year += 1) {
      const day = Date.UTC(year, 0, 1) / DAY;
      if (year % step || day > to || (day < from && year !== begin)) continue;
      out.push(`<path class="grid" d="M${x(day)} 34V${height}"/>`);
      if (x(day) + 36 < width) out.push(`<text class="year" x="${x(day) + 3}" y="20">${year}</text>`);
    }
    const now = last(data.today);
    lanes.forEach(([parties, , of, spans, marks, quiet, id], at) => {
      const top = 34 + row * at;
      const middle = top + (narrow ? 31 : 17);
      const others = asked.company ? parties.filter((party) => data.companies[party][0] !== asked.company) : parties;
      const name = others.map((party) => data.companies[party][1]).join(" × ");
      const room = narrow ? 48 : 38;
      const page = `${root}partnerships/${id ?? parties.map((party) => data.companies[party][0]).join("--")}/`;
      out.push(`<g class="lane ${data.statuses[of][0]}"><a href="${escape(page)}"><title>${escape(name)}</title><text class="name" x="4" y="${top + (narrow ? 17 : 21)}">${escape(name.length > room ? `${name.slice(0, room - 1)}…` : name)}</text></a>`);
      const bar = (a, z, kind) => {
        if (z < from || a > to) return;
        out.push(`<rect class="bar${kind}" x="${x(a).toFixed(1)}" y="${middle - 5}" width="${Math.max(2, x(z) - x(a)).toFixed(1)}" height="10" rx="3"/>`);
      };
      for (const [a, z, over] of spans) {
        const start = a ? first(a) : Math.min(...marks.map(([date]) => first(date)));
        if (!Number.isFinite(start)) continue;
        if (z) bar(start, last(z), "");
        else if (over) bar(start, now, " fuzzy");
        else if (quiet) {
          bar(start, last(quiet), "");
          if (now >= from) out.push(`<path class="quiet" d="M${x(last(quiet))} ${middle}H${x(now)}"/>`);
        } else bar(start, now, "");
      }
      for (const [date, event] of marks) {
        const day = (first(date) + last(date)) / 2;
        if (day < from || day > to) continue;
        const [what, label] = data.events[event];
        const name = page.split("/").at(-2);
        // Ids begin with a letter.
        const link = `${page}#${/^\d/.test(name) ? "p-" : ""}${name}-${what}-${date}`;
        out.push(`<a href="${escape(link)}"><title>${date}: ${escape(label)}</title><use class="glyph ${what}" href="#mark-${what}" x="${x(day).toFixed(1)}" y="${middle}"/></a>`);
      }
      out.push("</g>");
    });
    out.push("</svg>");
    const before = view.querySelectorAll("svg.lanes");
    before[0].insertAdjacentHTML("beforebegin", out.join(""));
    for (const svg of before) svg.remove();
    hide();
  };

  const asked = Object.fromEntries(KEYS.map((key) => [key, new URLSearchParams(location.search).get(key) ?? ""]));
  const apply = async () => {
    const data = await load();
    const lanes = fits(data, asked).sort((one, other) => (one[4][0]?.[0] ?? one[3][0]?.[0] ?? "") < (other[4][0]?.[0] ?? other[3][0]?.[0] ?? "") ? -1 : 1);
    const some = asked.from || asked.to || asked.company ? lanes.slice(0, DRAWN) : lanes.slice(-DRAWN);
    draw(data, some, asked);
    status.textContent = words.replace("{n}", lanes.length).replace("{drawn}", some.length);
    // The list below follows.
    const id = (lane) => lane[6] ?? lane[0].map((party) => data.companies[party][0]).join("--");
    const wanted = new Set(lanes.map(id));
    for (const year of document.querySelectorAll(".timeline-year")) {
      const events = [...year.querySelectorAll(".event")];
      for (const event of events) {
        const path = event.querySelector(".event-parties a")?.pathname.replace(/index\.html$/, "").split("/") ?? [];
        event.hidden = !wanted.has(decodeURIComponent(path.at(-2) ?? ""));
      }
      year.hidden = events.every((event) => event.hidden);
    }
    const query = new URLSearchParams(KEYS.filter((key) => asked[key]).map((key) => [key, asked[key]])).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    form.elements.company.value = data.companies[data.byId.get(asked.company)]?.[1] ?? "";
    for (const key of KEYS.slice(1)) form.elements[key].value = asked[key];
  };

  form.addEventListener("focusin", load, { once: true });
  form.addEventListener("submit", (event) => { event.preventDefault(); form.dispatchEvent(new Event("change")); });
  form.addEventListener("change", async () => {
    const data = await load();
    const typed = form.elements.company.value.trim().toLowerCase();
    const company = typed && (data.companies[data.byName.get(typed)]?.[0] ?? data.companies.find(([, name]) => name.toLowerCase().includes(typed))?.[0]);
    Object.assign(asked, { company: company || "" });
    for (const key of KEYS.slice(1)) asked[key] = form.elements[key].value.trim();
    apply();
  });
  form.addEventListener("reset", () => { for (const key of KEYS) asked[key] = ""; setTimeout(apply); });

  // Dragging with a mouse marks a stretch of time; two fingers spread or narrow it.
  const points = new Map();
  let drag = null;
  const dayAt = (clientX) => {
    const svg = view.querySelector("svg.drawn");
    const at = (clientX - svg.getBoundingClientRect().left) / svg.getBoundingClientRect().width * svg.viewBox.baseVal.width;
    return scale.from + (at - scale.left) / (scale.right - scale.left) * (scale.to - scale.from);
  };
  const zoom = (from, to) => {
    if (to - from < 31) return;
    Object.assign(asked, { from: month(from), to: month(Math.max(to, from + 31)) });
    apply();
  };
  view.addEventListener("pointerdown", async (event) => {
    points.set(event.pointerId, event.clientX);
    if (!view.querySelector("svg.drawn") && points.size === (event.pointerType === "mouse" ? 1 : 2)) await apply();
    if (event.pointerType === "mouse" && view.querySelector("svg.drawn")) drag = event.clientX;
  });
  view.addEventListener("dragstart", (event) => event.preventDefault());
  view.addEventListener("pointermove", (event) => {
    if (points.size !== 2 || !points.has(event.pointerId) || !view.querySelector("svg.drawn")) return;
    const [a, b] = [...points.values()];
    points.set(event.pointerId, event.clientX);
    const [c, d] = [...points.values()];
    const grown = Math.abs(c - d) / Math.max(1, Math.abs(a - b));
    const middle = dayAt((c + d) / 2);
    const span = (scale.to - scale.from) / grown;
    if (Math.abs(grown - 1) > .02) zoom(middle - span / 2, middle + span / 2);
  });
  const release = (event) => {
    points.delete(event.pointerId);
    if (drag !== null && Math.abs(event.clientX - drag) > 24) zoom(...[dayAt(drag), dayAt(event.clientX)].sort((a, b) => a - b));
    drag = null;
  };
  addEventListener("pointerup", release);
  addEventListener("pointercancel", release);
  if (KEYS.some((key) => asked[key])) apply();
})();
