// A form's words and choices as plain pairs: as they stand, as the server drew them, and put back. Files and secrets stay out.
const LEFT_OUT = /^(hidden|password|file|submit|button|reset|image)$/;
const isChoice = (field) => /^(radio|checkbox)$/.test(field.type);
const wanted = (form) =>
  [...form.elements].filter(
    (field) => field.name && field.matches("input, select, textarea") && !LEFT_OUT.test(field.type),
  );

function chosen(field, drawn) {
  const options = [...field.options].filter((option) => (drawn ? option.defaultSelected : option.selected));
  return options.length || field.multiple ? options : [...field.options].slice(0, 1);
}

function values(field, drawn) {
  if (field.options) return chosen(field, drawn).map((option) => option.value);
  if (isChoice(field)) return (drawn ? field.defaultChecked : field.checked) ? [field.value] : [];
  return [drawn ? field.defaultValue : field.value];
}

/** [[name, value], …]; with `drawn` what the page came with, whatever was typed since. */
export const read = (form, { drawn = false } = {}) =>
  wanted(form).flatMap((field) => values(field, drawn).map((value) => [field.name, value]));

/** Puts pairs back; each field hears "refill", for those that show their words elsewhere. */
export function fill(form, pairs) {
  for (const field of wanted(form)) {
    const own = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isChoice(field)) field.checked = own.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = own.includes(option.value);
    else if (own.length) [field.value] = own;
    field.dispatchEvent(new Event("refill"));
  }
}

export const hasFiles = (form) => [...form.elements].some((field) => field.name && field.files?.length);
