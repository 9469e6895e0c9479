// Margin notes at the line of their mark (CSS anchor positioning). The sheet is adopted before the first paint, so
// nothing jumps. Without it (no script, no support) notes stand in the margin beside their paragraph by site.css.
// It lives here and not in a .css file since the W3C's checker does not know these properties yet.
if (window.CSS && CSS.supports("anchor-name:--a") && CSS.supports("selector(::details-content)") && document.adoptedStyleSheets) {
  const most = 400, at = ".pair:not(.row) ", rules = [".reading .pair:has(.notes){display:block}", at + ".notes::details-content{display:contents}", at + ".notes>summary{display:none}",
    at + ".note{position:absolute;left:calc(1rem + var(--measure) + var(--gap));width:var(--margin);top:max(anchor(var(--r) top),anchor(var(--prev) bottom,0px) + .75rem)}"];
  for (let i = 1; i <= most; i++) rules.push(`.k${i}{anchor-name:--m${i}}.n${i}{--r:--m${i};--prev:--n${i - 1};anchor-name:--n${i}}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media screen and (min-width:68.75em){${rules.join("")}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  // Each note hangs on the last one above it that is shown. A paragraph whose notes would begin more than a screen
  // below their line shows them in a row of its own instead.
  const number = n => +n.className.match(/ n(\d+)/)[1], box = e => e.getBoundingClientRect();
  const lay = first => {
    let last = 0, low;
    for (const pair of document.querySelectorAll(".pair:has(.notes):not(.row)")) {
      const notes = [...pair.querySelectorAll(".note")].filter(n => getComputedStyle(n).display !== "none"), before = last;
      for (const n of notes) { n.style.setProperty("--prev", `--n${last}`); last = number(n); }
      const end = notes.at(-1), line = end && pair.querySelector(`.k${number(notes[0])}`);
      if (first && line && (last > most || box(end).top - box(line).top > innerHeight)) { pair.classList.add("row"); last = before; } else low = end || low;
    }
    const main = document.querySelector("main");
    if (low) main.style.minHeight = `${box(low).bottom - box(main).top + 16}px`;
  };
  const wide = matchMedia("(min-width:68.75em)");
  addEventListener("DOMContentLoaded", () => { if (wide.matches && document.querySelector(".note")) lay(true); });
  addEventListener("change", e => { if (wide.matches && e.target.closest(".layers")) lay(false); });
}
try { // the reader's colours, before anything is painted
  const scheme = localStorage.getItem("scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.style.colorScheme = scheme;
} catch { /* storage is switched off */ }
