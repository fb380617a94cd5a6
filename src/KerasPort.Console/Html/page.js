// The tip of what one points at or touches; the tables say the same to all others.
const tip = document.getElementById("tip");
function show(target, x, y) {
  const holder = target.closest && target.closest("[data-tip]");
  tip.textContent = holder ? holder.dataset.tip : "";
  tip.classList.toggle("on", !!holder);
  if (!holder) return;
  const width = tip.offsetWidth, height = tip.offsetHeight;
  tip.style.left = Math.max(8, Math.min(x + 12, innerWidth - width - 8)) + "px";
  tip.style.top = (y > height + 24 ? y - height - 12 : y + 18) + "px";
}
for (const type of ["pointermove", "pointerdown"]) addEventListener(type, e => show(e.target, e.clientX, e.clientY), { passive: true });
addEventListener("scroll", () => tip.classList.remove("on"), { passive: true });

// The filter whose maps are shown: each picture holds all of them as tiles.
for (const range of document.querySelectorAll("input[data-maps]")) {
  range.addEventListener("input", () => {
    range.parentElement.querySelector("output").textContent = range.value;
    for (const sheet of document.querySelectorAll("#" + range.dataset.maps + " [data-columns]")) {
      const channel = (range.value - 1) % sheet.dataset.channels, columns = sheet.dataset.columns;
      sheet.style.left = -(channel % columns) * 100 + "%";
      sheet.style.top = -Math.floor(channel / columns) * 100 + "%";
    }
  });
}
