// Buttons in the heads of tables: each sorts by its column, and the other way round when pressed again.
// Without it the rows stand by unit and size, which the column of values brings back.
(() => {
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
    const text = (r, i) => r.cells[i].textContent.trim();
    heads.forEach((head, i) => {
      const button = document.createElement("button"), sign = document.createElement("span");
      sign.setAttribute("aria-hidden", "true");
      button.type = "button";
      button.append(head.textContent.trim(), sign);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.ariaSort === "ascending";
        for (const h of heads) { h.removeAttribute("aria-sort"); h.querySelector("span").textContent = ""; }
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sign.textContent = down ? " ↓" : " ↑";
        const sorted = head.dataset.by ? [...rows] : [...rows].sort((a, b) => text(a, i).localeCompare(text(b, i), document.documentElement.lang, { numeric: true }));
        body.append(...(down ? sorted.reverse() : sorted));
      });
    });
  }
})();
