// Live reload of the preview: shows a new build at once, and what is wrong with one that failed.
(() => {
  let seen = null;
  let panel = null;
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
      document.body.append(panel);
    }
    panel.firstChild.textContent = text;
    if (!panel.open) panel.show();
  };
  const hear = (event) => {
    const { number, errors } = JSON.parse(event.data);
    if (errors) show(errors);
    else if (seen !== null && number !== seen) location.reload();
    else if (panel) location.reload();
    seen = number;
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
