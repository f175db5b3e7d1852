{% load i18n static %}{% get_current_language as LANGUAGE_CODE %}/* Answers for one door when there is no network: with the page that the phone keeps. It stores nobody's name.
   Another language ({{ LANGUAGE_CODE }}) is another program, so that the page is kept anew. */
const KEPT = "door-{{ uid }}";
const SHELL = "{% url "door:shell" uid %}";
const FILES = [
  "{% static "css/site.css" %}",
  "{% static "js/portal.js" %}",
  "{% static "js/door.js" %}",
  "{% static "fonts/figtree-latin.woff2" %}",
  "{% static "img/favicon.svg" %}",
];
const PATIENCE = 6000;

addEventListener("install", (event) => {
  const keep = async () => {
    const kept = await caches.open(KEPT);
    await kept.addAll([SHELL, ...FILES]);
    await skipWaiting();
  };
  event.waitUntil(keep());
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// A network that never answers is none.
function inTime(request) {
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE, new Error("late")));
  return Promise.race([fetch(request), late]);
}

async function page(request) {
  try {
    const answer = await inTime(request);
    if (answer.status < 502) return answer;
  } catch {
    // The phone's own page stands in.
  }
  return (await caches.match(SHELL)) ?? Response.error();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
