// Asks for the page again and takes over what is new, piece by piece: what has not changed stays as it is, so that folds, focus, selection and scrolling survive.
"use strict";
const state = document.getElementById("state");
let tag = "", changed = Date.now(), ended = document.body.hasAttribute("data-ended");

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

function takeAttributes(old, now) {
  for (const { name, value } of now.attributes) if (old.getAttribute(name) !== value && !(name === "open" && old.localName === "details")) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!now.hasAttribute(name) && name !== "open") old.removeAttribute(name);
}

function take(old, now) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== now.data) old.data = now.data;
    return;
  }
  takeAttributes(old, now);
  const known = new Map([...old.children].filter(child => child.id).map(child => [child.id, child]));
  let at = old.firstChild;
  for (const next of [...now.childNodes]) {
    const same = next.id ? known.get(next.id) : at && at.nodeName === next.nodeName && !at.id ? at : null;
    if (same) {
      if (same !== at) old.insertBefore(same, at);
      if (!same.isEqualNode(next)) take(same, next);
      at = same.nextSibling;
    } else old.insertBefore(document.importNode(next, true), at);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

async function follow() {
  try {
    const reply = await fetch(location.pathname, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
    if (reply.status === 200) {
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      if (tag) changed = Date.now();
      tag = reply.headers.get("ETag") || "";
      for (const part of page.querySelectorAll("header, nav, main")) {
        const old = document.querySelector(part.localName);
        if (old && !old.isEqualNode(part)) take(old, part);
      }
      ended = page.body.hasAttribute("data-ended");
    } else if (reply.status !== 204) throw new Error(reply.status);
    const quiet = Math.floor((Date.now() - changed) / 5000) * 5;
    say(ended ? "ended" : quiet < 10 ? "following" : `following; nothing new for ${quiet} s`);
  } catch {
    say("the server that follows has ended; this is how it stood");
    if (++lost > 5) return;
  }
  if (!ended) setTimeout(follow, 1000);
}

let lost = 0;
if (!ended) follow();
