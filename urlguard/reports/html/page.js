// The table of rows: filters, sorts and pages through the data of the report. It writes texts, never markup.
"use strict";
(() => {
  const block = document.getElementById("data");
  if (!block) return;
  const page = 100;
  const section = document.getElementById("rows");
  const table = document.getElementById("table");
  const body = table.querySelector("tbody");
  const template = document.getElementById("row").content.firstElementChild;
  const find = document.getElementById("find");
  const choices = [...section.querySelectorAll("select")];
  const heads = [...section.querySelectorAll("th[data-column]")];
  const isoDate = /^(\d+)-(\d+)-(\d+)$/;

  let data = null;
  let shown = [];
  let start = 0;
  let order = { column: "", down: false };

  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  // An address is found however it is typed: as it was, or defanged.
  const folded = (text) => text.toLowerCase().replaceAll("[.]", ".").replaceAll("hxxp", "http");

  // Read only when somebody asks for it: the first hundred rows stand in the page.
  function load() {
    if (data) return;
    data = JSON.parse(block.textContent);
    data.at = Object.fromEntries(data.fields.map((field, at) => [field, at]));
    const ranks = (names) => {
      const compare = new Intl.Collator(document.documentElement.lang).compare;
      const ranked = names.map((_, at) => at).sort((a, b) => compare(names[a], names[b]));
      const found = [];
      ranked.forEach((at, rank) => { found[at] = rank; });
      return found;
    };
    data.ranks = Object.fromEntries(["source", "brand", "scheme"].map((field) => [field, ranks(data.names[field])]));
    shown = data.rows;
  }

  function text(row, field) {
    const value = row[data.at[field]];
    if (field === "level") return data.levels[value][1];
    if (field === "reasons") return value.map((at) => data.names.reasons[at]);
    if (field in data.names) return value < 0 ? "" : data.names[field][value];
    if (field === "day") {
      const parts = isoDate.exec(value);
      return parts ? table.dataset.date.replace("{year}", parts[1]).replace("{month}", parts[2]).replace("{day}", parts[3]) : value;
    }
    return field === "row" ? number(value) : String(value);
  }

  function haystack(row) {
    const fields = ["row", "source", "level", "input", "brand", "scheme", "day", "entries"];
    return folded([...fields.map((field) => text(row, field)), row[data.at.row], ...text(row, "reasons")].join("\n"));
  }

  function filter() {
    load();
    const wanted = folded(find.value.trim());
    const chosen = choices.filter((one) => one.value !== "").map((one) => [data.at[one.dataset.by], Number(one.value)]);
    if (wanted && !data.stacks) data.stacks = new Map(data.rows.map((row) => [row, haystack(row)]));
    shown = data.rows.filter(
      (row) => chosen.every(([at, value]) => row[at] === value) && (!wanted || data.stacks.get(row).includes(wanted)),
    );
    sort();
  }

  function key(row) {
    const value = row[data.at[order.column]];
    if (order.column in data.ranks) return value < 0 ? -1 : data.ranks[order.column][value];
    return order.column === "input" ? value.toLowerCase() : value;
  }

  // Nothing stands last in both directions; what is equal stays as it was, the worst first.
  function sort() {
    if (order.column) {
      const sign = order.down ? -1 : 1;
      const keyed = shown.map((row, at) => [key(row), at, row]);
      keyed.sort(([a, i], [b, j]) => {
        const none = (a === "" || a === -1) - (b === "" || b === -1);
        return none || (a < b ? -sign : a > b ? sign : i - j);
      });
      shown = keyed.map((one) => one[2]);
    }
    start = 0;
    draw();
  }

  function drawn(row) {
    const tr = template.cloneNode(true);
    const [first = "–", ...others] = text(row, "reasons");
    for (const node of tr.querySelectorAll("[data-field]")) {
      const field = node.dataset.field;
      if (field === "first") node.textContent = first;
      else if (field === "more") node.textContent = others.length ? `+${others.length}` : "";
      else if (field === "reasons") node.append(...others.map(item));
      else node.textContent = text(row, field);
      if (field === "level") node.className = `level l-${data.levels[row[data.at.level]][0]}`;
      if (field === "entries" || field === "advice") node.parentElement.hidden = !node.textContent;
    }
    return tr;
  }

  function item(reason) {
    const li = document.createElement("li");
    li.appendChild(document.createElement("bdi")).textContent = reason;
    return li;
  }

  function draw() {
    body.replaceChildren(...shown.slice(start, start + page).map(drawn));
    document.getElementById("nothing").hidden = shown.length > 0;
    tell(shown.length);
  }

  function tell(count) {
    const to = Math.min(start + page, count);
    for (const pager of section.querySelectorAll(".pager")) {
      const told = pager.querySelector(".shown");
      const values = { from: number(count ? start + 1 : 0), to: number(to), n: number(count) };
      told.textContent = told.dataset.text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
      for (const button of pager.querySelectorAll("button")) {
        const there = button.dataset.step < 0 ? start > 0 : to < count;
        button.setAttribute("aria-disabled", String(!there));
      }
    }
  }

  function turn(button) {
    load();
    const to = start + page * Number(button.dataset.step);
    if (to < 0 || to >= shown.length) return;
    start = to;
    draw();
    if (!button.closest(".pager").querySelector("[role=status]")) table.scrollIntoView();
  }

  function sortBy(head) {
    load();
    const column = head.dataset.column;
    const worstFirst = column === "score" || column === "day";
    order = { column, down: order.column === column ? !order.down : worstFirst };
    for (const one of heads) one.setAttribute("aria-sort", one !== head ? "none" : order.down ? "descending" : "ascending");
    sort();
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sortBy(head));
    head.replaceChildren(button);
    head.setAttribute("aria-sort", "none");
  }
  for (const button of section.querySelectorAll("[data-step]")) button.addEventListener("click", () => turn(button));
  for (const choice of choices) choice.addEventListener("change", filter);
  find.addEventListener("input", filter);
  document.getElementById("reset").addEventListener("click", () => {
    find.value = "";
    for (const choice of choices) choice.value = "";
    filter();
    find.focus();
  });
  for (const one of section.querySelectorAll("#filter, .pager")) one.hidden = false;
  for (const one of section.querySelectorAll("#static")) one.hidden = true;
  tell(Number(table.dataset.rows));
  addEventListener("load", () => setTimeout(load, 200));
})();
