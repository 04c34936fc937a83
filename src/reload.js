// Live reload of the preview: patches what an edit has changed on this page, and shows what is
// wrong with an edition that failed.
(() => {
  // What is inside `noscript` is text to a page with scripts, and elements to a parser.
  const bare = (body) => {
    body.querySelectorAll("noscript").forEach((part) => part.remove());
    return body;
  };
  // The page as it came, before its own scripts change it.
  let known = { text: null, body: bare(document.body.cloneNode(true)) };
  let panel = null;
  let busy = false;
  let again = false;

  const show = (text) => {
    if (!panel) {
      panel = document.createElement("dialog");
      panel.id = "tearsheet-errors";
      panel.append(document.createElement("pre"));
      Object.assign(panel.style, {
        position: "fixed", inset: "auto 1rem 1rem 1rem", margin: "0", width: "auto", maxWidth: "none",
        maxHeight: "70vh", overflow: "auto", zIndex: "2147483647", background: "#2b1613", color: "#ffe9e3",
        border: "2px solid #ff9c86", borderRadius: "6px", padding: ".8rem 1rem",
      });
      Object.assign(panel.firstChild.style, {
        background: "none", border: "0", margin: "0", padding: "0", color: "inherit", whiteSpace: "pre-wrap",
      });
      document.documentElement.append(panel);
    }
    panel.firstChild.textContent = text;
    if (!panel.open) panel.show();
  };

  // Where an element stands, so that its successor can be found in a changed page.
  const path = (element) => {
    const steps = [];
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      steps.unshift([...at.parentElement.children].indexOf(at));
    }
    return steps;
  };

  const attributes = (from, to) => {
    for (const { name } of [...to.attributes]) if (!from.hasAttribute(name)) to.removeAttribute(name);
    for (const { name, value } of from.attributes) to.setAttribute(name, value);
  };

  const styles = (next) => {
    const links = (from) => [...from.querySelectorAll("link[rel=stylesheet]")];
    const [old, now] = [links(document), links(next)];
    now.forEach((link, at) => {
      if (old[at]?.getAttribute("href") === link.getAttribute("href")) return;
      const fresh = document.importNode(link, true);
      // The old one stays until the new one is there, or the page would be bare for a moment.
      fresh.onload = () => old[at]?.remove();
      if (old[at]) old[at].after(fresh);
      else document.head.append(fresh);
    });
    old.slice(now.length).forEach((link) => link.remove());
  };

  const patch = (before, next) => {
    const focus = document.activeElement === document.body ? null : document.activeElement;
    const place = focus && path(focus);
    const [x, y] = [scrollX, scrollY];
    document.title = next.title;
    const { theme } = document.documentElement.dataset;
    attributes(next.documentElement, document.documentElement);
    if (theme) document.documentElement.dataset.theme = theme;
    attributes(next.body, document.body);
    styles(next);
    // Parts that an edit does not touch keep what the reader did to them.
    const [old, now, live] = [[...before.children], [...next.body.children], [...document.body.children]];
    if (old.length !== now.length || live.length !== now.length) {
      document.body.replaceChildren(...now);
    } else {
      const changed = now.map((_, at) => at).filter((at) => !old[at].isEqualNode(now[at]));
      // A page with scripts of its own begins anew, or they would hold on to parts that are gone.
      if (changed.length > 0 && next.querySelector("script[src]:not([src^='/__tearsheet/'], [data-lasting])")) location.reload();
      changed.forEach((at) => live[at].replaceWith(now[at]));
    }
    scrollTo({ left: x, top: y, behavior: "instant" });
    if (focus && !focus.isConnected) {
      place.reduce((at, step) => at?.children[step], document.body)?.focus({ preventScroll: true });
    }
  };

  const refresh = async () => {
    if (busy) return void (again = true);
    busy = true;
    try {
      const answer = await fetch(location.href, { cache: "no-cache" });
      const text = await answer.text();
      const next = new DOMParser().parseFromString(text, "text/html");
      // Without a main part it is a page that could not be made: it only waits.
      const [isMade, isMadeNow] = [document, next].map((page) => page.querySelector("main") !== null);
      if (!isMade || !isMadeNow) {
        if (isMadeNow || (known.text !== null && text !== known.text)) location.reload();
      } else if (text !== known.text) {
        bare(next.body);
        patch(known.body, next);
      }
      known = { text, body: bare(new DOMParser().parseFromString(text, "text/html").body) };
    } catch {
      // The preview has ended; its next start sends an event.
    }
    busy = false;
    if (again) {
      again = false;
      refresh();
    }
  };

  const hear = (event) => {
    const { errors } = JSON.parse(event.data);
    if (errors) show(errors);
    else {
      panel?.remove();
      panel = null;
    }
    refresh();
  };

  // A page that nobody looks at gives its connection back: browsers allow only six to one server.
  let events = null;
  const listen = () => {
    events ??= new EventSource("/__tearsheet/events");
    events.onmessage = hear;
  };
  const rest = () => {
    events?.close();
    events = null;
  };
  addEventListener("pageshow", listen);
  addEventListener("pagehide", rest);
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  if (!document.hidden) listen();
})();
