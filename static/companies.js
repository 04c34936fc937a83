// Narrows the list of companies while a reader types.
"use strict";

(() => {
  const box = document.getElementById("find-company");
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  const sections = [...document.querySelectorAll(".az section")].map((section) => ({
    section,
    entries: [...section.querySelectorAll("li")].map((entry) => ({
      entry,
      names: fold([...entry.querySelectorAll("a, .alt")].map((name) => name.textContent).join("\n")),
    })),
  }));

  const narrow = () => {
    const wanted = fold(box.value.trim());
    for (const { section, entries } of sections) {
      for (const { entry, names } of entries) entry.hidden = !names.includes(wanted);
      section.hidden = entries.every(({ entry }) => entry.hidden);
    }
  };

  box.addEventListener("input", narrow);
  narrow();
})();
