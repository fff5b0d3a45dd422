// A moment's form as plain pairs: read, put back, and settled on a day so that "today" stays the day it was written.
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "sheet", "as", "find"]);
const DAY = 24 * 3600 * 1000;

export const read = (form) =>
  [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string");

export function fill(form, fields) {
  for (const [name, value] of fields)
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (/radio|checkbox/.test(field.type)) field.checked ||= field.value === value;
      else field.value = value;
    }
}

export function settled(fields) {
  const when = fields.find(([name]) => name === "when")?.[1];
  if (when === "day") return fields;
  const day = new Date(Date.now() - (when === "yesterday" ? DAY : 0));
  const pad = (n) => String(n).padStart(2, "0");
  const iso = `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
  return [...fields.filter(([name]) => name !== "when" && name !== "day"), ["when", "day"], ["day", iso]];
}
