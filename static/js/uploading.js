/* A file goes to the portal in parts before its form does, and goes on where a broken connection stopped it.
   Without this script the form takes the file along. */

const WAITS = [1, 2, 4, 8, 15, 30];
const later = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

class Refused extends Error {}

function begin(form) {
  const input = form.querySelector("input[type=file]");
  const status = form.querySelector("[data-part=status]");
  const bar = form.querySelector("progress");
  const words = form.dataset;
  let underWay = false;

  form.addEventListener("submit", async (event) => {
    const file = input.files[0];
    if (underWay) return event.preventDefault();
    if (!file) return;
    event.preventDefault();
    underWay = true;
    forget();
    try {
      form.elements.upload.value = await send(file);
      input.value = "";
      status.textContent = words.arrived;
      form.submit();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      status.textContent = error.message;
      bar.hidden = true;
      underWay = false;
      input.focus();
    }
  });

  // What was to mend when the page was made says nothing of what is sent now.
  function forget() {
    document.querySelectorAll("main .errors").forEach((summary) => summary.remove());
    form.querySelectorAll(".field__errors").forEach((list) => list.remove());
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  }

  // Where a browser that was closed in between goes on.
  const remembered = (file) => `upload ${words.upload} ${file.name} ${file.size} ${file.lastModified}`;

  async function send(file) {
    bar.hidden = false;
    bar.max = file.size || 1;
    let known = await resumed(file);
    let failures = 0;
    while (known.received < known.size) {
      bar.value = known.received;
      status.textContent = `${words.sending} ${Math.floor((100 * known.received) / known.size)} %`;
      const part = file.slice(known.received, known.received + known.part);
      const answer = await ask(`${known.url}?offset=${known.received}`, part);
      if (answer?.status === 404) {
        known = await announced(file);
      } else if (answer?.ok || answer?.status === 409) {
        known = await answer.json();
        failures = 0;
      } else {
        await pause(failures++);
      }
    }
    bar.value = bar.max;
    localStorage.removeItem(remembered(file));
    return known.upload;
  }

  async function resumed(file) {
    const url = localStorage.getItem(remembered(file));
    for (let failures = 0; url; await pause(failures++)) {
      const answer = await ask(url);
      if (answer?.ok) return answer.json();
      if (answer && answer.status < 500 && answer.status !== 429) break;
    }
    return announced(file);
  }

  async function announced(file) {
    const told = new URLSearchParams({ name: file.name, size: file.size });
    for (let failures = 0; ; await pause(failures++)) {
      const answer = await ask(words.upload, told);
      if (answer?.status === 201) {
        const known = await answer.json();
        localStorage.setItem(remembered(file), known.url);
        return known;
      }
      if (answer && answer.status < 500 && answer.status !== 429) {
        throw new Refused((await answer.json().catch(() => ({}))).error ?? words.refused);
      }
    }
  }

  // Nothing when the network or the portal does not answer: then it is asked again a little later.
  async function ask(url, body) {
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    if (body instanceof Blob) headers["Content-Type"] = "application/octet-stream";
    try {
      const answer = await fetch(url, body ? { method: "POST", headers, body } : {});
      if (answer.redirected) throw new Refused(words.signedOut);
      if (answer.status === 403) throw new Refused((await answer.json().catch(() => ({}))).error ?? words.signedOut);
      return answer;
    } catch (error) {
      if (error instanceof Refused) throw error;
      return undefined;
    }
  }

  async function pause(failures) {
    status.textContent = words.broken;
    await later(WAITS[Math.min(failures, WAITS.length - 1)]);
  }
}

document.querySelectorAll("form[data-upload]").forEach(begin);
