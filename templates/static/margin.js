// Margin notes at the line of their mark (CSS anchor positioning). The sheet is adopted before the first paint, so
// nothing jumps. Without it (no script, no support) notes stand in the margin beside their paragraph by site.css.
// It lives here and not in a .css file since the W3C's checker does not know these properties yet.
const adopt = css => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {}
};
// What needs script is shown before the first paint, so that nothing jumps.
adopt("#ask{display:block}");
if (CSS.supports("anchor-name:--a") && CSS.supports("selector(::details-content)")) {
  const most = 400, at = ".pair:not(.row) ", rules = [".reading .pair:has(.notes){display:block}", at + ".notes::details-content{display:contents}", at + ".notes>summary{display:none}",
    at + ".note{position:absolute;left:calc(1rem + var(--measure) + var(--gap));width:var(--margin);top:max(anchor(var(--r) top),anchor(var(--prev) bottom,0px) + .75rem)}"];
  for (let i = 1; i <= most; i++) rules.push(`.k${i}{anchor-name:--m${i}}.n${i}{--r:--m${i};--prev:--n${i - 1};anchor-name:--n${i}}`);
  adopt(`@media screen and (min-width:68.75em){${rules.join("")}}`);
  // Each note hangs on the last one above it that is shown. A paragraph of which a note would stand more than
  // 0.6 screens below its line shows them all in a row of its own instead. All is measured before anything is moved: one layout.
  const number = n => +n.className.match(/ n(\d+)/)[1], box = e => e.getBoundingClientRect();
  const lay = first => {
    let last = 0, end = -1e9, shift = 0, low;
    const pairs = [...document.querySelectorAll(".pair:has(.notes):not(.row)")].map(pair => {
      const notes = [...pair.querySelectorAll(".note")].filter(n => getComputedStyle(n).display !== "none");
      return [pair, notes.map(n => [n, box(pair.querySelector(`.k${number(n)}`) || pair).top, box(n).height])];
    });
    for (const [pair, notes] of pairs) {
      let at = end, far = 0;
      for (const [n, top, height] of notes) {
        at = Math.max(top + shift, at + 13.5);
        far = Math.max(far, at - top - shift, number(n) > most && 1e9);
        at += height;
      }
      if (first && far > innerHeight * .6) {
        pair.classList.add("row");
        shift += 50; // the height of a closed row
      } else for (const [n] of notes) {
        n.style.setProperty("--prev", `--n${last}`);
        last = number(low = n);
        end = at;
      }
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
