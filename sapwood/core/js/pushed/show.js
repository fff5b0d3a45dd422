// What a push service handed us, opened by the browser: shown as a notice, and a press on it leads to its page.
const page = (link) => {
  const address = new URL(link ?? "/", location.origin);
  return address.origin === location.origin ? address.href : location.origin;
};

export function show({ data }) {
  const { title, body, link, tag, lang, icon } = data?.json() ?? {};
  if (!title) return Promise.resolve();
  return registration.showNotification(title, { body, tag, lang, icon, dir: "auto", data: { link } });
}

export async function open({ notification }) {
  notification.close();
  const address = page(notification.data?.link);
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === address);
  if (there) return there.focus();
  return clients.openWindow(address);
}
