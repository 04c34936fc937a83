// Dark or light as the reader has chosen it, before anything is painted; as the device has it without a choice.
"use strict";

(() => {
  const root = document.documentElement;
  const kept = "tearsheet-theme";
  const saved = (() => { try { return localStorage.getItem(kept); } catch { return null; } })();
  if (saved === "dark" || saved === "light") root.dataset.theme = saved;

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".theme")) return;
    const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    try { localStorage.setItem(kept, root.dataset.theme); } catch { /* The choice holds for this page. */ }
  });
})();
