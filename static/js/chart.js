// The chart's hover: each line's value on that day, and the contracts that came or left.
"use strict";

(() => {
  const DAY = 86400000;
  const time = (iso) => Date.parse(iso + "T00:00:00Z");
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeZone: "UTC" });

  function valueAt(steps, moment) {
    let found = null;
    for (const [iso, score] of steps) {
      if (time(iso) > moment) break;
      found = score;
    }
    return found;
  }

  function rows(data, moment) {
    const near = (item) => Math.abs(time(item.date) - moment) <= 4 * DAY;
    const asOf = time(data.asOf);
    const closed = moment <= asOf ? data.closed.filter(near).map((item) => "+ " + item.title) : [];
    const left = data.left.filter(near).flatMap((item) => item.left.map((title) => `− ${title} (${item.months})`));
    return [...closed, ...left].slice(0, 5);
  }

  function fill(tip, chart, data, moment) {
    tip.replaceChildren();
    const head = document.createElement("p");
    head.className = "mb-1 font-medium";
    head.textContent = format.format(moment);
    tip.append(head);
    for (const label of chart.querySelectorAll("label")) {
      const box = label.querySelector("[data-line]");
      if (!box.checked) continue;
      const value = valueAt(data.lines[box.dataset.line], moment);
      const line = document.createElement("p");
      line.className = "flex justify-between gap-4 tabular-nums";
      line.append(label.textContent.trim(), Object.assign(document.createElement("span"), { textContent: value === null ? "–" : value + "%" }));
      tip.append(line);
    }
    for (const text of rows(data, moment)) {
      tip.append(Object.assign(document.createElement("p"), { className: "mt-1 max-w-56 truncate text-ink-2", textContent: text }));
    }
  }

  function follow(event) {
    const svg = event.target.closest?.("svg.chart");
    if (!svg) return;
    const chart = svg.closest("[data-chart]");
    const data = JSON.parse(chart.querySelector("script[type='application/json']").textContent);
    const tip = chart.querySelector("[data-chart-tip]");
    const place = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / place.width;
    const { left, right, first, last } = svg.dataset;
    const x = Math.min(Math.max((event.clientX - place.left) * scale, +left), +right);
    const share = (x - left) / (right - left);
    const moment = Math.round((time(first) + share * (time(last) - time(first))) / DAY) * DAY;
    fill(tip, chart, data, moment);
    const cursor = svg.querySelector("[data-cursor]");
    cursor.setAttribute("d", cursor.getAttribute("d").replace(/^M[\d.]+/, "M" + x.toFixed(1)));
    cursor.classList.remove("hidden");
    tip.classList.remove("hidden");
    const box = tip.parentElement.getBoundingClientRect();
    const at = event.clientX - box.left;
    tip.style.transform = `translateX(${at > box.width / 2 ? at - tip.offsetWidth - 16 : at + 16}px)`;
  }

  function leave(event) {
    const chart = event.target.closest?.("[data-chart]");
    if (!chart || chart.contains(event.relatedTarget)) return;
    chart.querySelector("[data-chart-tip]").classList.add("hidden");
    for (const cursor of chart.querySelectorAll("[data-cursor]")) cursor.classList.add("hidden");
  }

  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerout", leave);
})();
