// Margin notes at the line of their mark (CSS anchor positioning). The sheet is adopted before the first paint, so
// nothing jumps. Without it (no script, no support) notes stand in the margin beside their paragraph by site.css.
// It lives here and not in a .css file since the W3C's checker does not know these properties yet.
if (window.CSS && CSS.supports("anchor-name:--a") && CSS.supports("selector(::details-content)") && document.adoptedStyleSheets) {
  const most = 400, rules = [".reading .pair:has(.notes){display:block}", ".notes::details-content{display:contents}",
    ".note{position:absolute;left:calc(1rem + var(--measure) + var(--gap));width:var(--margin);top:max(anchor(var(--r) top),anchor(var(--prev) bottom) + .75rem)}",
    ".note.n1{top:anchor(var(--r) top)}"];
  for (let i = 1; i <= most; i++) rules.push(`.k${i}{anchor-name:--m${i}}.n${i}{--r:--m${i};--prev:--n${i - 1};anchor-name:--n${i}}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media screen and (min-width:68.75em){${rules.join("")}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
try { // the reader's colours, before anything is painted
  const scheme = localStorage.getItem("scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.style.colorScheme = scheme;
} catch { /* storage is switched off */ }
