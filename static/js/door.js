/* Checking people in, also without a network: what is noted lies on the phone until the portal has it.
   Without this script the same forms go straight to the portal. */

const door = document.querySelector("[data-door]");
const uid = door?.dataset.door;
const base = `/door/${uid}/`;
const said = door?.dataset ?? {};
const ZONE = "Europe/Brussels";
const MINUTE = 60000;
const AT_ONCE = 50;

const part = (name, within = door) => within.querySelector(`[data-part="${name}"]`);
const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format();

// --- What lies on the phone: names, what is not sent yet, and for which day.

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(`door-${uid}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("names", { keyPath: "person" });
      asked.result.createObjectStore("queue", { keyPath: "scan" });
      asked.result.createObjectStore("facts");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function on(store, act) {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const work = database.transaction(store, "readwrite");
      const asked = act(work.objectStore(store));
      work.oncomplete = () => done(asked?.result);
      work.onerror = work.onabort = () => failed(work.error);
    });
  } finally {
    database.close();
  }
}

// In the order in which it was noted: somebody new is known before that is taken back.
async function queued() {
  const items = await on("queue", (queue) => queue.getAll());
  return items.sort((one, other) => one.scanned_at.localeCompare(other.scanned_at));
}

const fact = (name) => on("facts", (facts) => facts.get(name));
const keep = (name, value) => on("facts", (facts) => facts.put(value, name));

// The names go; what is not sent yet stays.
async function forgetNames() {
  await on("names", (names) => names.clear());
  await on("facts", (facts) => facts.clear());
}

async function forgetEverything() {
  await forgetNames();
  await on("queue", (queue) => queue.clear());
  await caches.delete(`door-${uid}`);
  const worker = await navigator.serviceWorker?.getRegistration(base);
  await worker?.unregister();
}

// --- What the page says.

function say(words) {
  const line = part("said");
  if (!line || !words || line.textContent === words) return;
  line.textContent = words;
}

function drawUnsent(items) {
  const box = part("unsent");
  if (!box) return;
  box.hidden = !items.length;
  part("number").textContent = items.length;
  part("waiting").replaceChildren(...items.map((item) => waitingLine(item, items)));
  for (const item of items) if (!item.refused) markPending(item.person);
}

function waitingLine(item, items) {
  const line = document.createElement("li");
  const time = new Date(item.scanned_at).toLocaleTimeString("en-GB", { timeZone: ZONE, timeStyle: "short" });
  const undone = item.kind === "undo" ? said.saidUndone : "";
  line.textContent = [item.called || "–", time, undone, item.refused].filter(Boolean).join(" · ");
  const { person, called } = item;
  if (item.refused) {
    line.append(" ", button(said.saidRemove, () => on("queue", (queue) => queue.delete(item.scan)).then(redraw)));
  } else if (item.kind === "in" && !items.some((each) => each.person === person && each.kind === "undo")) {
    line.append(" ", button(said.saidUndo, () => note({ person, called, kind: "undo" })));
  }
  return line;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function markPending(person) {
  const line = door.querySelector(`[data-person="${CSS.escape(person)}"]`);
  if (!line) return;
  part("state", line).textContent = said.saidPending;
  const form = part("note", line);
  if (form) form.hidden = true;
}

const redraw = async () => drawUnsent(await queued());

// --- Noting and sending.

async function note(item) {
  const stamp = { scan: crypto.randomUUID(), scanned_at: new Date().toISOString() };
  const day = said.day ?? today();
  await on("queue", (queue) => queue.put({ ...stamp, day, ...item }));
  await redraw();
  await send();
}

async function post(scans, token) {
  const body = JSON.stringify({ sent_at: new Date().toISOString(), scans });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const signal = AbortSignal.timeout(15000);
  return fetch(`${base}send/`, { method: "POST", headers, body, signal, credentials: "same-origin" });
}

const isJson = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

async function freshToken() {
  const answer = await fetch(`${base}names/?after=${2 ** 52}`, { signal: AbortSignal.timeout(15000) });
  return answer.ok ? (await answer.json()).token : "";
}

async function sendSome(items) {
  const scans = items.map(({ called, refused, ...scan }) => scan);
  let answer = await post(scans, door.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  if (answer.status === 403 && !isJson(answer)) answer = await post(scans, await freshToken());
  if (answer.status === 403 && isJson(answer)) {
    await forgetNames();
    say((await answer.json()).said);
    return false;
  }
  if (!answer.ok) return false;
  const { answers, figures } = await answer.json();
  for (const each of answers) await settle(each, items);
  const shown = part("figures");
  if (shown) shown.outerHTML = figures;
  return true;
}

async function settle(answer, items) {
  const item = items.find((each) => each.scan === answer.scan);
  if (!item) return;
  say(answer.said);
  await on("queue", (queue) =>
    answer.noted ? queue.delete(item.scan) : queue.put({ ...item, refused: answer.said })
  );
  const line = door.querySelector(`[data-person="${CSS.escape(item.person)}"]`);
  if (line && answer.line) {
    const hadFocus = line.contains(document.activeElement);
    line.outerHTML = answer.line;
    if (hadFocus) door.querySelector(`[data-person="${CSS.escape(item.person)}"] button`)?.focus();
  }
}

let sending = null;

function send() {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll() {
  try {
    for (;;) {
      const items = (await queued()).filter((each) => !each.refused).slice(0, AT_ONCE);
      if (!items.length || !(await sendSome(items))) break;
    }
  } catch {
    // No network: everything stays where it is, and is tried again.
  }
  await redraw();
}

// --- The names for times without a network.

async function refreshNames() {
  const [day, at] = [await fact("day"), await fact("at")];
  if (day && day < today()) await forgetNames();
  if (day === said.day && Date.now() - (at ?? 0) < 10 * MINUTE) return;
  const people = [];
  for (let after = 0; after !== null; ) {
    const answer = await fetch(`${base}names/?day=${said.day}&after=${after}`);
    if (answer.status === 403) return void (await forgetNames());
    if (!answer.ok) return;
    const some = await answer.json();
    people.push(...some.people);
    after = some.next;
  }
  await on("names", (names) => {
    names.clear();
    for (const person of people) names.put(person);
  });
  await keep("day", said.day);
  await keep("at", Date.now());
}

const folded = (text) => text.normalize("NFKD").replace(/[\p{M}\s.,;'’‘`´·_-]+/gu, "").toLowerCase();

// The page that the phone keeps: the list out of the phone's own names.
async function drawNames() {
  const wanted = location.pathname.slice(base.length).replace(/\/$/, "");
  const isSeat = /^[0-9a-f-]{36}$/.test(wanted);
  const field = part("search").elements.q;
  if (!field.value) field.value = new URLSearchParams(location.search).get("q") ?? "";
  const parts = field.value.split(/\s+/).map(folded).filter(Boolean);
  const names = await on("names", (store) => store.getAll());
  let found = isSeat
    ? names.filter((each) => each.person === wanted)
    : names.filter((each) => parts.every((one) => folded(`${each.name} ${each.organisation}`).includes(one)));
  if (isSeat && !found.length) found = [{ person: wanted, name: said.saidUnknown, organisation: "" }];
  found.sort((one, other) => one.name.localeCompare(other.name));
  part("list").replaceChildren(...found.slice(0, 50).map(personLine));
  const nobody = part("nobody");
  nobody.hidden = found.length > 0;
  nobody.textContent = said.saidNobody;
  await redraw();
}

function personLine(person) {
  const line = part("person").content.cloneNode(true).firstElementChild;
  line.dataset.person = person.person;
  part("name", line).textContent = person.name;
  part("organisation", line).textContent = person.organisation;
  part("whom", line).textContent = ` ${person.name}`;
  part("note", line).elements.person.value = person.person;
  return line;
}

// --- Forms.

const nameIn = (line) => line?.querySelector(".door__name")?.textContent.trim() ?? "";

const ways = {
  note(form) {
    const { person, kind, scan } = form.elements;
    const called = nameIn(form.closest("[data-person]"));
    return note({ person: person.value, kind: kind.value, called, ...(scan ? { scan: scan.value } : {}) });
  },
  async "walk-in"(form) {
    const { name, organisation_name, email } = form.elements;
    const typed = { name: name.value.trim(), organisation_name: organisation_name.value.trim(), email: email.value };
    const item = { person: crypto.randomUUID(), kind: "in", called: typed.name, ...typed };
    form.reset();
    await note(item);
  },
  search: drawNames,
  async leave(form) {
    await send();
    if ((await queued()).length) return say(said.saidFirst);
    await forgetEverything();
    form.submit();
  },
};

async function stand() {
  document.addEventListener("submit", (event) => {
    const way = ways[event.target.dataset.part];
    if (!way) return;
    event.preventDefault();
    way(event.target);
  });
  part("send")?.addEventListener("click", send);
  // An attempt that began without a network may still be failing.
  addEventListener("online", () => send().then(send));
  setInterval(send, MINUTE / 6);
  if (said.shell !== undefined) {
    // Names of a day that is over are nobody's business, network or not.
    if (((await fact("day")) ?? today()) < today()) await forgetNames();
    await drawNames();
  }
  if (said.shut !== undefined) await forgetNames();
  await redraw();
  await send();
  if (said.keeps === undefined) return;
  await navigator.serviceWorker?.register(`${base}worker.js`, { scope: base });
  await refreshNames();
}

// A browser that keeps nothing sends the forms as they are.
if (uid && "indexedDB" in window && "randomUUID" in (window.crypto ?? {})) {
  opened().then((database) => {
    database.close();
    return stand();
  }, () => {});
}
