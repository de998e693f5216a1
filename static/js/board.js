/**
 * Cards of a board follow the mouse to another column. Nothing is changed by that: the page of the
 * step that the move stands for opens, as it does by “Move to…” on the card.
 */
export function bindBoard(root) {
  let held = null;
  const lane = (event) => event.target.closest("[data-board] [data-state]");
  const ready = () => root.querySelectorAll("[data-board] [data-card]").forEach((card) => { card.draggable = true; });
  ready();
  root.addEventListener("htmx:afterSettle", ready);
  root.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-board] [data-card]") || null;
    if (held) event.dataTransfer.effectAllowed = "move";
  });
  root.addEventListener("dragover", (event) => {
    const over = held && lane(event);
    if (over) event.preventDefault();
    root.querySelectorAll("[data-over]").forEach((one) => { if (one !== over) delete one.dataset.over; });
    if (over) over.dataset.over = "";
  });
  root.addEventListener("dragend", () => {
    root.querySelectorAll("[data-over]").forEach((one) => { delete one.dataset.over; });
    held = null;
  });
  root.addEventListener("drop", (event) => {
    const over = held && lane(event);
    if (!over || over.contains(held)) return;
    event.preventDefault();
    location.assign(`${held.dataset.card}?to=${encodeURIComponent(over.dataset.state)}`);
  });
}
