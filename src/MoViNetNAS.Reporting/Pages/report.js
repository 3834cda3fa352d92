"use strict";
// Headings become buttons that sort; without this script every table stands as it is.
for (const heading of document.querySelectorAll("th[data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  button.title = "Sort by this column";
  heading.append(button);
  button.addEventListener("click", () => sort(heading));
}

function sort(heading) {
  const isDescending = heading.getAttribute("aria-sort") === "ascending";
  for (const other of heading.parentNode.children) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
  const column = heading.cellIndex, isNumber = heading.dataset.sort === "number", body = heading.closest("table").tBodies[0];
  const rows = [...body.rows].map(row => ({ row, key: key(row.cells[column], isNumber) }));
  rows.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null); // what is missing stays last
    const order = isNumber ? a.key - b.key : a.key.localeCompare(b.key, "en", { numeric: true });
    return isDescending ? -order : order;
  });
  body.append(...rows.map(entry => entry.row));
}

function key(cell, isNumber) {
  const text = cell.textContent.trim();
  if (!isNumber) return text === "" ? null : text;
  const number = parseFloat(cell.dataset.value ?? text.replace("\u2212", "-").replaceAll(",", ""));
  return Number.isNaN(number) ? null : number;
}
