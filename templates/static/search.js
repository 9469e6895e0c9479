// Full-text search over the files of digest/render/search.py. Loads nothing before the reader types.
(() => {
  const box = document.querySelector("#find"), list = document.querySelector("#found");
  if (!box || !list) return;
  const root = box.dataset.root, words = JSON.parse(list.dataset.words), most = 60, kept = new Map();
  const load = name => {
    if (!kept.has(name)) kept.set(name, fetch(`${root}search/${name}.json`).then(r => r.ok ? r.json() : null).catch(() => null));
    return kept.get(name);
  };
  const fold = s => (s.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "").match(/[\p{L}\p{N}]+/gu) || []).filter(w => w.length > 1);
  const shard = w => /^[a-z0-9]{2}/.test(w) ? w.slice(0, 2) : "_";
  const having = async word => {
    const shelf = await load(`w/${shard(word)}`) || {}, ids = new Set();
    for (const [w, steps] of Object.entries(shelf)) if (w.startsWith(word)) { let at = 0; for (const s of steps) ids.add(at += s); }
    return ids;
  };
  const mark = (node, text, query) => {
    let at = 0;
    for (const m of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (!query.some(q => fold(m[0])[0]?.startsWith(q))) continue;
      node.append(text.slice(at, m.index));
      node.append(Object.assign(document.createElement("b"), { textContent: m[0] }));
      at = m.index + m[0].length;
    }
    node.append(text.slice(at));
  };
  let turn = 0;
  const find = async () => {
    const mine = ++turn, query = fold(box.value);
    history.replaceState(null, "", box.value ? `?q=${encodeURIComponent(box.value)}` : location.pathname);
    if (!query.length) return list.replaceChildren();
    const sets = await Promise.all(query.map(having));
    const ids = [...sets[0]].filter(i => sets.every(s => s.has(i))).sort((a, b) => a - b);
    const shown = ids.slice(0, most), shelves = new Map();
    await Promise.all([...new Set(shown.map(i => i >> 8))].map(async n => shelves.set(n, await load(`d/${n}`) || [])));
    if (mine !== turn) return;
    const out = [Object.assign(document.createElement("p"), { className: "meta", textContent: ids.length ? words.count.replace("{n}", ids.length) : words.none })];
    const ul = document.createElement("ul");
    ul.className = "texts";
    for (const i of shown) {
      const [kind, title, href, more] = shelves.get(i >> 8)[i & 255] || [];
      if (!href) continue;
      const li = document.createElement("li"), a = document.createElement("a"), meta = document.createElement("span");
      a.href = root + href; meta.className = "meta"; meta.append(`${words[kind] || kind} `);
      mark(a, title, query); mark(meta, more, query);
      li.append(a, meta); ul.append(li);
    }
    list.replaceChildren(...out, ul);
  };
  let wait;
  box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(find, 150); });
  box.hidden = false;
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked; find(); }
})();
