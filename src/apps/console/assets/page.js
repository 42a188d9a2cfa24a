// The plain page: queues and receipts, read-only. Whatever a customer wrote goes into the page by textContent alone.

const byId = (id) => document.getElementById(id);
let token = sessionStorage.getItem("token") || "";
let team = location.hash.startsWith("#team=") ? decodeURIComponent(location.hash.slice(6)) : "";
let open = "";

const say = (text) => { byId("status").textContent = text; };

async function ask(path) {
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
  if (answer.status === 401) { signOut(); throw new Error("This token is not known here."); }
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail || `The server answered ${answer.status}.`);
  return body;
}

function signOut() {
  sessionStorage.removeItem("token");
  byId("main").hidden = true;
  byId("login").hidden = false;
}

function element(name, text, attributes = {}) {
  const node = document.createElement(name);
  node.textContent = text ?? "";
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

async function showTeams() {
  const { teams } = await ask("/api/v1/teams");
  if (!team && teams.length) team = teams[0].team;
  byId("teams").replaceChildren(...teams.map((one) => {
    const button = element("button", "", { type: "button", "aria-current": String(one.team === team) });
    button.append(element("span", one.team), element("span", one.total));
    button.addEventListener("click", () => { team = one.team; location.hash = `team=${encodeURIComponent(team)}`; refresh(); });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

function row(ticket) {
  const line = element("tr", "", { "data-rank": ticket.rank, tabindex: "0" });
  const customer = ticket.customer.name || ticket.customer.address;
  const cells = [ticket.rank, customer, ticket.subject, ticket.tags.topic, ticket.tags.tone, new Date(ticket.received_at).toLocaleString()];
  line.append(...cells.map((text) => element("td", text)));
  const show = () => showTicket(ticket.id).catch((error) => say(error.message));
  line.addEventListener("click", show);
  line.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
  return line;
}

async function showQueue(cursor = "") {
  const path = `/api/v1/teams/${encodeURIComponent(team)}/queue?limit=50&cursor=${encodeURIComponent(cursor)}`;
  const page = await ask(path);
  byId("queue-name").textContent = team;
  const rows = page.tickets.map(row);
  if (cursor) byId("queue").append(...rows); else byId("queue").replaceChildren(...rows);
  byId("empty").hidden = byId("queue").children.length > 0;
  byId("more").hidden = !page.next;
  byId("more").onclick = () => showQueue(page.next).catch((error) => say(error.message));
}

function facts(ticket) {
  const { tags, customer } = ticket;
  const who = `${customer.name} <${customer.address}> (${customer.verified})`;
  return [["Ticket", ticket.id], ["Customer", who], ["State", ticket.state], ["Move", `${ticket.move} (${ticket.rank})`],
    ["Where", [ticket.team, ticket.person].filter(Boolean).join(", ")], ["Topic", tags.topic], ["Urgency", tags.urgency],
    ["Tone", tags.tone], ["Signals", tags.signals.join(", ")], ["VIP", tags.vip ? "yes" : "no"]];
}

async function showTicket(id) {
  open = id;
  const ticket = await ask(`/api/v1/tickets/${encodeURIComponent(id)}`);
  byId("ticket").hidden = false;
  byId("subject").textContent = ticket.subject;
  byId("facts").replaceChildren(...facts(ticket).flatMap(([name, text]) => [element("dt", name), element("dd", text)]));
  const latest = ticket.receipt.decisions.at(-1);
  byId("reasons").replaceChildren(...(latest?.reasons ?? []).map((reason) =>
    element("li", `${reason.line ? `${reason.rule} line ${reason.line}: ` : ""}${reason.text}${reason.decided ? " (decided)" : ""}`)));
  byId("messages").replaceChildren(...ticket.messages.map((message) => element("div", message.text, { class: "message" })));
  byId("receipt").textContent = JSON.stringify(ticket.receipt, null, 2);
}

async function refresh() {
  try {
    await showTeams();
    await showQueue();
    if (open) await showTicket(open);
    say("");
  } catch (error) {
    say(error.message);
  }
}

async function follow() {
  let since = "";
  while (token) {
    try {
      const page = await ask(`/api/v1/changes?since=${encodeURIComponent(since)}`);
      if (since && page.changes.length) await refresh();
      since = page.next;
    } catch (error) {
      say(error.message);
    }
    await new Promise((done) => setTimeout(done, 2000));
  }
}

function start() {
  byId("login").hidden = Boolean(token);
  byId("main").hidden = !token;
  if (token) { refresh(); follow(); }
}

byId("login").addEventListener("submit", (event) => {
  event.preventDefault();
  token = byId("token").value.trim();
  sessionStorage.setItem("token", token);
  start();
});
start();
