// Marks what is new since the reader's last visit. What was there is kept in this browser only.
"use strict";

(() => {
  const note = document.getElementById("page-visit");
  const items = [...document.querySelectorAll("[data-item]")];
  const key = `tearsheet-seen ${location.pathname}`;
  try {
    // A visit ends with its tab, so that what is new stays marked when the page is loaded again.
    const before = sessionStorage.getItem(key) ?? localStorage.getItem(key);
    localStorage.setItem(key, JSON.stringify(items.map((item) => item.dataset.item)));
    if (!before || !note) return;
    sessionStorage.setItem(key, before);
    const seen = new Set(JSON.parse(before));
    const fresh = items.filter((item) => !seen.has(item.dataset.item));
    for (const item of fresh) item.classList.add("fresh");
    const count = new Set(fresh.map((item) => item.dataset.item)).size;
    note.textContent = count ? note.dataset.some.replace("{n}", count) : note.dataset.none;
    note.hidden = false;
  } catch { /* Nothing can be kept here, so nothing is marked. */ }
})();
