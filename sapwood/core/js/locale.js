// Dates as the server writes them: European Portuguese, and English with the day before the month.
const LOCALES = { en: "en-GB", pt: "pt-PT" };

export const dateTime = (style) =>
  new Intl.DateTimeFormat(LOCALES[document.documentElement.lang] ?? "en-GB", { dateStyle: style, timeStyle: "short" });
