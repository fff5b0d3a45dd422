// A textarea with `data-most` never cuts what is pasted: near the limit a line below it says how much room is left.
const NEAR = 0.9;

const said = (name, n) => document.querySelector(`meta[name="say-${name}"]`).content.replace("{n}", n);

function lineOf(area) {
  const line = document.createElement("output");
  line.className = "hint tiny room-left";
  if (area.id) line.htmlFor = area.id;
  area.after(line);
  return line;
}

document.addEventListener("input", ({ target }) => {
  const most = Number(target.dataset?.most);
  if (!most) return;
  const left = most - target.value.length;
  const near = left < most * (1 - NEAR);
  const line = target.parentElement.querySelector(".room-left") ?? (near && lineOf(target));
  if (line) line.textContent = near ? said(left < 0 ? "over" : "room", Math.abs(left)) : "";
});
