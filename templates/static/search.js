// Full-text search over the files of digest/render/search.py. Loads nothing before the reader asks.
(() => {
  const $ = s => document.querySelector(s), box = $("#find"), list = $("#found"), count = $("#count");
  if (!box) return;
  const root = list.dataset.root, words = JSON.parse(list.dataset.words), most = 60, peeks = 8, kept = new Map();
  const endings = words.endings.split(" "), by = ["kind", "outlet", "person"].map(k => $(`#by-${k}`)).filter(Boolean);
  const make = (tag, more, ...inside) => { const e = Object.assign(document.createElement(tag), more); e.append(...inside); return e; };
  const load = (name, kind = "json") => {
    if (!kept.has(name)) kept.set(name, fetch(root + name).then(r => r.ok ? r[kind]() : null).catch(() => null));
    return kept.get(name);
  };
  const all = () => load("search/all.json");
  const plain = s => s.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "");
  const WORD = /[\p{L}\p{N}]+/gu;
  const fold = s => (plain(s).match(WORD) || []).filter(w => w.length > 1);
  const shard = w => /^[a-z0-9]{2}/.test(w) ? w.slice(0, 2) : "_";
  const sum = steps => { let at = 0; return (steps || []).map(s => at += s); };

  // A word is sought by its beginning, or by its beginning without an ending ("models", "modelling": "model").
  const stem = word => { const end = endings.find(e => word.endsWith(e) && word.length - e.length > 3); return end ? word.slice(0, -end.length) : word; };
  const suits = word => { const base = stem(word); return w => w.startsWith(word) || w.startsWith(base) && w.length <= base.length + 3; };
  const having = async (word, exact) => {
    const there = (await all())?.shards.includes(shard(word));
    const shelf = there && await load(`search/w/${shard(word)}.json`) || {}, ids = new Set(), fits = exact ? w => w === word : suits(word);
    for (const [w, steps] of Object.entries(shelf)) if (fits(w)) sum(steps).forEach(i => ids.add(i));
    return ids;
  };
  // What stands in quotation marks is a phrase; the rest are words.
  const asked = text => {
    const phrases = [], rest = text.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/g, (_, p) => { if (fold(p).length) phrases.push(fold(p)); return " "; });
    return { phrases, words: fold(rest) };
  };
  const spans = text => [...text.matchAll(WORD)].map(m => ({ at: m.index, end: m.index + m[0].length, folds: fold(m[0]) })).filter(s => s.folds.length);
  // Where the query stands in a text: [start, end] of each word or phrase, or null when a phrase is missing.
  const places = (text, query) => {
    const run = spans(text), out = [], fits = query.words.map(suits);
    for (const s of run) if (fits.some(f => f(s.folds[0]))) out.push([s.at, s.end]);
    for (const p of query.phrases) {
      const n = out.length;
      run.forEach((s, i) => { if (p.every((w, k) => run[i + k]?.folds[0] === w)) out.push([s.at, run[i + p.length - 1].end]); });
      if (out.length === n) return null;
    }
    return out.sort((a, b) => a[0] - b[0]);
  };
  const marked = (node, text, found) => {
    let at = 0;
    for (const [start, end] of found) {
      if (start < at) continue;
      node.append(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    node.append(text.slice(at));
    return node;
  };
  // The words about the best place: the phrase, or where most words stand together.
  const snippet = (text, found) => {
    const best = found.reduce((a, b) => { const near = x => found.filter(f => f[0] >= x[0] && f[0] < x[0] + 160).length; return near(b) > near(a) ? b : a; }, found[0]);
    const from = text.lastIndexOf(" ", Math.max(0, best[0] - 60)) + 1, to = text.indexOf(" ", best[1] + 120), end = to < 0 ? text.length : to;
    const part = text.slice(from, end), inside = found.filter(f => f[0] >= from && f[1] <= end).map(f => [f[0] - from, f[1] - from]);
    const node = marked(make("span", { className: "meta" }, from ? "… " : ""), part, inside);
    node.append(end < text.length ? " …" : "");
    return node;
  };

  const entry = async i => (await load(`search/d/${i >> 6}.json`) || [])[i & 63];
  const body = href => load(`${href}text.txt`, "text");
  const holds = async (i, query) => { // whether every phrase stands in a document
    const paper = await entry(i);
    if (!paper) return false;
    const [, title, href, more, text] = paper;
    return Boolean(places(`${title} · ${more}`, query) || text && places(await body(href) || "", query));
  };
  const narrowed = async ids => {
    for (const select of by) {
      if (!select.value) continue;
      if (select.id === "by-kind") {
        const [from, to] = (await all())?.kinds[select.value] || [0, 0];
        ids = ids.filter(i => i >= from && i < to);
      } else {
        const some = new Set(sum(await load(`search/f/${select.id.slice(3)}-${select.value}.json`)));
        ids = ids.filter(i => some.has(i));
      }
    }
    return ids;
  };
  const found = async query => {
    const need = [...query.words.map(w => having(w)), ...query.phrases.flat().map(w => having(w, true))];
    const sets = await Promise.all(need);
    const ids = await narrowed([...sets[0]].filter(i => sets.every(s => s.has(i))).sort((a, b) => a - b));
    if (!query.phrases.length) return ids;
    const out = []; // a few at a time: as many as are shown are enough
    for (let n = 0; n < ids.length && out.length <= most; n += 16) {
      const some = ids.slice(n, n + 16), keep = await Promise.all(some.map(i => holds(i, query)));
      out.push(...some.filter((_, k) => keep[k]));
    }
    return out;
  };
  const line = async (i, query, peek) => {
    const paper = await entry(i);
    if (!paper) return "";
    const [kind, name, href, more, text, reworded] = paper, meta = make("span", { className: "meta" }, `${words[kind] || kind}${more ? " · " : ""}`);
    const title = kind === "quote" ? words.open + name + words.close : name;
    const li = make("li", {}, marked(make("a", { href: root + href }), title, places(title, { words: query.words, phrases: [] }) || []), " ", meta);
    marked(meta, more, places(more, { words: query.words, phrases: [] }) || []);
    for (const phrase of query.phrases) for (const e of [li.firstChild, meta]) {
      const whole = e.textContent, at = places(whole, { words: query.words, phrases: [phrase] });
      if (at?.length) { e.textContent = ""; marked(e, whole, at); }
    }
    if (reworded) meta.before(make("span", { className: "tag" }, words.reworded), " ");
    if (text && peek) {
      const whole = await body(href) || "", at = places(whole, query);
      if (at?.length) li.append(snippet(whole, at));
      const first = query.phrases.length && at?.find(([a, b]) => whole.slice(a, b).includes(" "));
      if (first) li.firstChild.href = `${root}${href}#:~:text=${encodeURIComponent(whole.slice(...first)).replace(/-/g, "%2D")}`;
    }
    return li;
  };

  let turn = 0;
  const find = async () => {
    const mine = ++turn, query = asked(box.value), search = new URLSearchParams();
    if (box.value) search.set("q", box.value);
    for (const s of by) if (s.value) search.set(s.id.slice(3), s.value);
    history.replaceState(null, "", search.size ? `?${search}` : location.pathname);
    const nothing = !query.words.length && !query.phrases.length;
    if (nothing) { count.textContent = ""; list.replaceChildren(); $("#names")?.removeAttribute("hidden"); return; }
    const ids = await found(query), shown = ids.slice(0, most);
    let texts = 0;
    const [from, to] = (await all())?.kinds.article || [0, 0];
    const lines = await Promise.all(shown.map(i => line(i, query, i >= from && i < to && texts++ < peeks)));
    if (mine !== turn) return;
    count.textContent = (!ids.length ? words.none : ids.length > most ? words.many : words.count).replace("{n}", ids.length).replaceAll("{shown}", most);
    list.replaceChildren(make("ul", { className: "texts" }, ...lines));
    $("#names")?.setAttribute("hidden", "");
  };
  let wait;
  const soon = () => { clearTimeout(wait); wait = setTimeout(find, 150); };
  box.addEventListener("input", soon);
  by.forEach(s => s.addEventListener("change", find));
  addEventListener("keydown", e => { // up and down walk through what was found
    const links = [...list.querySelectorAll("a")], now = links.indexOf(document.activeElement);
    if (!links.length || (now < 0 && document.activeElement !== box) || !/^Arrow(Up|Down)$/.test(e.key)) return;
    (e.key === "ArrowDown" ? links[Math.min(now + 1, links.length - 1)] : links[now - 1] || box).focus();
    e.preventDefault();
  });
  $("#ask").hidden = false;
  const given = new URLSearchParams(location.search);
  for (const s of by) s.value = [...s.options].some(o => o.value === given.get(s.id.slice(3))) ? given.get(s.id.slice(3)) : "";
  if (given.get("q")) { box.value = given.get("q"); find(); }
  if (location.hash === "#find") box.focus();
})();
