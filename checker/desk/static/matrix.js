// The matrix: a click or Enter on a cell opens its answer; the arrows go from cell to cell.
"use strict";

const grid = document.querySelector("table.matrix");
const items = [...grid.tHead.rows[0].cells];
let current = grid.querySelector("td");
if (current) current.tabIndex = 0;

function open(cell) {
  const item = items[cell.cellIndex]?.dataset.item;
  const company = cell.closest("tr").dataset.company;
  if (cell.textContent && item) location.assign(`/office/companies/${company}/${encodeURIComponent(item)}`);
}
function go(cell) {
  if (cell?.tagName !== "TD") return;
  current.removeAttribute("tabindex");
  cell.tabIndex = 0;
  cell.focus();
  current = cell;
}
grid.addEventListener("click", (event) => {
  const cell = event.target.closest("td");
  if (cell) open(cell);
});
grid.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td");
  if (!cell) return;
  const row = cell.parentElement;
  const to = {
    ArrowLeft: cell.previousElementSibling, ArrowRight: cell.nextElementSibling,
    ArrowUp: row.previousElementSibling?.cells[cell.cellIndex], ArrowDown: row.nextElementSibling?.cells[cell.cellIndex],
    Home: row.cells[1], End: row.cells[row.cells.length - 1],
  };
  if (event.key === "Enter") open(cell);
  if (event.key in to) {
    event.preventDefault();
    go(to[event.key]);
  }
});
