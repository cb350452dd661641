"use strict";
(() => {
  const box = document.getElementById("search");
  const count = document.getElementById("count");
  const sections = [...document.querySelectorAll("main section")];
  const links = new Map([...document.querySelectorAll("nav li")].map((li) => [li.dataset.name, li]));
  const texts = sections.map((s) => s.textContent.toLowerCase());
  const filter = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    const kept = new Set();
    sections.forEach((section, i) => {
      const fits = words.every((w) => texts[i].includes(w));
      section.hidden = !fits;
      if (fits) { shown += 1; kept.add(section.id); }
    });
    // a heading of the tree stays as long as something below it does
    for (const [name, li] of links) {
      li.hidden = words.length > 0 && !kept.has(name) && ![...li.querySelectorAll("li")].some((l) => kept.has(l.dataset.name));
    }
    if (words.length) document.querySelectorAll("nav details").forEach((d) => { d.open = true; });
    count.textContent = words.length ? `${shown} of ${sections.length}` : `${sections.length} entries`;
  };
  box.addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
    if (event.key === "Escape" && document.activeElement === box) { box.value = ""; filter(); }
  });
  filter();
})();
