// Everything here is extra: each page works without it. No storage but settings, no request but to this site.
(() => {
  const d = document, $ = (s, e = d) => e.querySelector(s), all = (s, e = d) => [...e.querySelectorAll(s)];
  const keep = (k, v) => { try { v === undefined ? localStorage.removeItem(k) : localStorage.setItem(k, v); } catch {} };
  const kept = k => { try { return localStorage.getItem(k); } catch { return null; } };
  const make = (tag, more, ...inside) => { const e = Object.assign(d.createElement(tag), more); e.append(...inside); return e; };
  const root = $(".name").href, on = id => $(id)?.checked, bare = url => url.split("#")[0], clamp = (n, most) => Math.max(0, Math.min(n, most));
  const text = e => e.textContent.trim().replace(/\s+/g, " "), rect = e => e.getBoundingClientRect();

  // Looks of what only script makes: it needs no place in the style sheet of all.
  const looks = css => { try { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); d.adoptedStyleSheets = [...d.adoptedStyleSheets, sheet]; } catch {} };
  looks(`::highlight(here){background:color-mix(in srgb,var(--link) 18%,transparent)}
    .peek,.tool,dialog{position:fixed;z-index:3;padding:1rem;background:var(--raised);color:var(--ink);border:1px solid var(--rule);font:.875rem/1.45 var(--sans)}
    .peek{max-width:22rem;max-height:45vh;overflow:auto}
    .peek p{margin:0 0 .3rem}
    .tool:not([hidden]){inset:auto 1rem 1rem auto;display:flex;flex-wrap:wrap;gap:.5rem;max-width:min(19rem,100vw - 2rem)}
    @media print{.peek,.tool.tool,dialog{display:none}}`);

  const scheme = $("#scheme");
  scheme.value = kept("scheme") || "system";
  scheme.addEventListener("change", () => {
    const own = scheme.value === "system" ? undefined : scheme.value;
    d.documentElement.style.colorScheme = own || "";
    keep("scheme", own);
  });
  for (const box of all(".layers input, .foot input")) {
    if (box.id !== "as-scraped" && kept(box.id) === "off") box.checked = false;
    box.addEventListener("change", () => keep(box.id, box.checked ? undefined : "off"));
  }

  // Another page of this site, read once.
  const pages = new Map(), page = url => {
    if (!pages.has(url)) pages.set(url, fetch(url).then(r => r.ok ? r.text() : "").then(t => t && new DOMParser().parseFromString(t, "text/html")).catch(() => null));
    return pages.get(url);
  };

  // Cards: the head of the page that a link leads to, beside the text and never on it.
  const HEAD = "h1,.big,.h-cite .saying,.h-cite .state,.h-card .meta,.h-card .editors p:first-child,.standfirst,.health:first-of-type,.prose>p:first-child,.readings dt";
  let card, owner, wait;
  const shut = () => { clearTimeout(wait); card?.remove(); owner?.removeAttribute("aria-describedby"); card = owner = null; };
  const place = link => {
    const line = rect(link), edge = rect(link.closest("p,li,dd,td,blockquote,h2,h3")).right, side = innerWidth - edge > 300, low = line.top > innerHeight / 2;
    Object.assign(card.style, side ? { left: `${edge + 20}px`, top: `${clamp(line.top, innerHeight - rect(card).height - 8)}px` } : { left: "1rem", [low ? "top" : "bottom"]: "1rem" });
  };
  const show = async link => {
    const [url, id] = link.href.split("#"), doc = await page(url), at = doc && url.endsWith("glossary/") && doc.getElementById(id);
    const heads = at ? [...at.children].slice(0, 2) : doc ? all(HEAD, $("main", doc)).slice(0, 3) : [];
    if (!heads.length || owner !== link) return;
    card = make("div", { className: "peek", id: "peek", role: "tooltip" }, ...heads.map((e, i) => {
      const words = text(e), short = words.length > 220 ? words.slice(0, 220).replace(/\s\S*$/, " …") : words;
      return make("p", {}, i ? short : make("b", {}, short));
    }));
    card.onpointerenter = () => clearTimeout(wait);
    card.onpointerleave = shut;
    d.body.append(card);
    link.setAttribute("aria-describedby", "peek");
    place(link);
  };
  const leads = a => a?.href.startsWith(root) && bare(a.href) !== bare(location.href)
    && /^(?:[acfloqpst]\/[^/]+\/(?:#|$)|glossary\/#)/.test(a.href.slice(root.length));
  const near = (e, yes) => {
    const link = e.target.closest?.("main a");
    if (!yes && owner && link !== owner) return;
    clearTimeout(wait);
    if (yes && leads(link) && on("#cards") && link !== owner) { shut(); owner = link; wait = setTimeout(() => show(link), 500); }
    else if (!yes) wait = setTimeout(shut, 300);
  };
  addEventListener("pointerover", e => e.pointerType === "mouse" && near(e, true));
  addEventListener("pointerout", e => e.pointerType === "mouse" && owner?.contains(e.target) && near(e, false));
  addEventListener("focusin", e => e.target.matches?.(":focus-visible") && near(e, true));
  addEventListener("focusout", e => e.target === owner && shut());
  addEventListener("scroll", () => card && shut());

  // Sentences: j and k walk through them, a selection picks one; its link and its words can be taken along.
  const spots = all(".body [id^=s]"), tool = $(".tool"), told = $(".told");
  let here;
  const stretch = spot => {
    const range = d.createRange(), next = spots[spots.indexOf(spot) + 1], box = spot.closest(".pair>*");
    spot === box ? range.setStart(box, 0) : range.setStartAfter(spot);
    box.contains(next) ? range.setEndBefore(next) : range.setEnd(box, box.childNodes.length);
    return range;
  };
  const words = spot => {
    const part = stretch(spot).cloneContents();
    all(".ref,.was,.sic", part).forEach(e => e.remove());
    return text(part);
  };
  const pick = (spot, mark) => {
    here = spot;
    tool.hidden = !spot;
    told.textContent = "";
    spot && mark ? CSS.highlights?.set("here", new Highlight(stretch(spot))) : CSS.highlights?.delete("here");
    const away = spot && $("a", tool);
    if (away) {
      const all = words(spot).split(" "), code = s => encodeURIComponent(s).replace(/-/g, "%2D");
      away.href = `${away.dataset.to}#:~:text=${code(all.slice(0, 5).join(" "))}${all.length > 10 ? `,${code(all.slice(-5).join(" "))}` : ""}`;
    }
  };
  const step = by => {
    if (!spots.length) return;
    pick(spots[clamp(here ? spots.indexOf(here) + by : spots.findIndex(s => rect(s).top > 0), spots.length - 1)], true);
    here.scrollIntoView({ block: "center" });
  };
  const copy = async what => {
    const link = `${bare(location.href)}#${here.id}`;
    try {
      await navigator.clipboard.writeText(what === "link" ? link : `${words(here)} (${d.title}, ${link})`);
      told.textContent = told.dataset.done;
    } catch { history.replaceState(null, "", `#${here.id}`); told.textContent = told.dataset.fail; }
  };
  d.addEventListener("selectionchange", () => {
    const now = getSelection(), at = now.anchorNode;
    if (tool && !now.isCollapsed && $(".body").contains(at) && !at.parentNode.closest(".notes")) pick(spots.findLast(s => s.contains(at) || s.compareDocumentPosition(at) & 4), false);
  });
  tool?.addEventListener("click", e => e.target.dataset.copy && copy(e.target.dataset.copy));

  // A link to a note opens the row that holds it; one to a sentence shows the whole of it.
  const open = () => {
    const at = d.getElementById(decodeURIComponent(location.hash.slice(1))), row = at?.closest("details.notes");
    if (row && (row.closest(".row") || !matchMedia("(min-width:68.75em)").matches)) row.open = true;
    if (at?.classList.contains("note")) at.scrollIntoView({ block: "nearest" });
    if (spots.includes(at)) pick(at, true);
  };
  addEventListener("hashchange", open);
  open();

  const help = async () => {
    const doc = await page(`${root}method/`), keys = doc && $("#keys-help", doc);
    if (!keys) return;
    const box = make("dialog", { ariaLabel: $("h2", keys).textContent }, ...keys.cloneNode(true).children);
    const button = $("button", box);
    button.hidden = false;
    button.onclick = () => box.close();
    box.onclose = () => box.remove();
    d.body.append(box);
    box.showModal();
  };

  const marks = all(".ref"), note = by => {
    const now = marks.indexOf(d.activeElement);
    marks[clamp(now + (by > 0 || now >= 0 ? by : 0), marks.length - 1)]?.focus();
  };
  const go = s => $(s)?.click();
  const KEYS = { n: () => note(1), p: () => note(-1), j: () => step(1), k: () => step(-1), l: () => here && copy("link"), o: () => go(".u-repost-of"),
    c: () => go('.side a[href$="clean/"]'), "/": () => $("#find") ? $("#find").focus() : (location = `${root}search/#find`), "?": help };
  addEventListener("keydown", e => {
    if (e.key === "Escape") { shut(); if (here) pick(null); return; }
    if (!on("#keys") || e.ctrlKey || e.metaKey || e.altKey || $("dialog") || !Object.hasOwn(KEYS, e.key)) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && e.target.type !== "checkbox") return;
    KEYS[e.key]();
    e.preventDefault();
  });
})();
