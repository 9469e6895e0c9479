// Everything here is extra: each page works without it. No request, no storage but settings.
(() => {
  const $ = (s, e = document) => e.querySelector(s), all = s => [...document.querySelectorAll(s)];
  const keep = (k, v) => { try { v === undefined ? localStorage.removeItem(k) : localStorage.setItem(k, v); } catch { /* off */ } };
  const kept = k => { try { return localStorage.getItem(k); } catch { return null; } };

  const scheme = $("#scheme");
  if (scheme) {
    scheme.value = kept("scheme") || "system";
    scheme.addEventListener("change", () => {
      document.documentElement.style.colorScheme = scheme.value === "system" ? "" : scheme.value;
      keep("scheme", scheme.value === "system" ? undefined : scheme.value);
    });
  }

  for (const box of all(".layers input, #keys")) {
    if (box.id !== "as-scraped" && kept(box.id) === "off") box.checked = false;
    box.addEventListener("change", () => keep(box.id, box.checked ? undefined : "off"));
  }

  const open = () => { // a link to a note opens the row that holds it
    const id = decodeURIComponent(location.hash.slice(1)), at = id && document.getElementById(id);
    const row = at && at.closest("details.notes");
    if (row && !row.open && !matchMedia("(min-width:68.75em)").matches) row.open = true;
    if (at && at.classList.contains("note")) at.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", open);
  open();

  const marks = all(".ref");
  addEventListener("keydown", e => {
    if (!$("#keys")?.checked || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    if (e.key === "n" || e.key === "p") {
      if (!marks.length) return;
      const now = marks.indexOf(document.activeElement), next = now + (e.key === "n" ? 1 : now < 0 ? 0 : -1);
      marks[Math.max(0, Math.min(marks.length - 1, next))].focus();
    } else if (e.key === "o") { $(".u-repost-of")?.click(); } else if (e.key === "c") { $(".health a")?.click(); } else if (e.key === "/") { $('.top a[href$="search/"]')?.click(); } else return;
    e.preventDefault();
  });
})();
