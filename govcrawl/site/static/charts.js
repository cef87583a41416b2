// Draws every <figure data-chart> of a page from the JSON in it, with Observable Plot.
//
//   <figure data-chart>
//     <figcaption>…</figcaption>                        the chart's name, also for a screen reader
//     <div data-chart-plot></div>                       the drawing goes here; drawn again when its width changes
//     <script type="application/json">{…}</script>
//   </figure>
//
// The JSON (made by govcrawl/site/charts.py):
//   kind    "line" | "bar"
//   title   what is shown;  note: denominators, what is missing (both are in the figcaption already)
//   x, y    labels of the axes;  unit: "number" | "percent" (figures are shares of 1)
//   series  names of the series in order, empty where there is but one
//   rows    [{x, y, series, missing, href}]; y null: no figure, `missing` says why
//   flat    bars lie down;  stack: the series of a bar stand on each other
//
// A series differs by colour and by the shape of its marks. A place without a figure is marked ×, never drawn as 0.
// Nothing here writes style attributes or style elements into the page: its content security policy forbids them.
"use strict";

(() => {
  const COLOURS = ["#0b5cad", "#b3400d", "#1b7340", "#7a3b9a", "#8a6100", "#a3195b", "#3d5a73", "#5b4636"];
  const SYMBOLS = ["circle", "square", "triangle", "diamond", "star", "cross", "wye", "times"];
  const FAINT = "#6b7280";
  const language = document.documentElement.lang || "zh-CN";

  function formats(unit) {
    const percent = unit === "percent";
    const exact = new Intl.NumberFormat(language, percent ? { style: "percent", maximumFractionDigits: 1 } : { maximumFractionDigits: 2 });
    const short = new Intl.NumberFormat(language, percent ? { style: "percent", maximumFractionDigits: 0 } : { notation: "compact", maximumFractionDigits: 1 });
    return { exact: (value) => exact.format(value), short: (value) => short.format(value) };
  }

  function told(spec, row, format) {
    const name = row.series ? `${row.x} · ${row.series}` : `${row.x}`;
    return `${name}\n${row.y === null ? row.missing || "—" : format.exact(row.y)}`;
  }

  // What all charts share. The drawing is a picture with a name: its figures are in the table beneath.
  function frame(spec, width) {
    return {
      width,
      className: "plot",
      ariaLabel: spec.title,
      marginTop: 28,
      marginBottom: 44,
      style: { background: "transparent", color: "inherit", fontFamily: "inherit", fontSize: "13px", maxWidth: "100%" },
    };
  }

  function scales(spec) {
    return spec.series.length
      ? {
          color: { domain: spec.series, range: COLOURS, legend: false },
          symbol: { domain: spec.series, range: SYMBOLS },
        }
      : {};
  }

  // Names along the axis that would run into each other: every second, third … of them is printed.
  function sparse(names, width, room) {
    const step = Math.max(1, Math.ceil((names.length * room) / Math.max(1, width - 80)));
    return names.filter((_, index) => (names.length - 1 - index) % step === 0);
  }

  // Years that nobody has a figure of stand on the axis all the same: they break the line, or lack their bar.
  function withoutGaps(years) {
    return years.every(Number.isInteger) && years.length ? d3.range(years[0], years[years.length - 1] + 1) : years;
  }

  function broken(spec, years) {
    const has = new Set(spec.rows.map((row) => `${row.x} ${row.series}`));
    const names = spec.series.length ? spec.series : [""];
    const gaps = years.flatMap((x) => names.filter((name) => !has.has(`${x} ${name}`)).map((series) => ({ x, y: null, series })));
    return [...spec.rows.map((row) => ({ ...row, series: row.series || "" })), ...gaps];
  }

  // Few things are counted in whole steps.
  function whole(spec) {
    const most = d3.max(spec.rows, (row) => row.y) || 0;
    const counted = spec.unit === "number" && !spec.stack && most <= 8 && spec.rows.every((row) => row.y === null || (Number.isInteger(row.y) && row.y >= 0));
    return counted ? { ticks: d3.range(0, Math.max(1, most) + 1), domain: [0, Math.max(1, most)] } : {};
  }

  function shortened(name, most) {
    const text = `${name}`;
    return text.length > most ? `${text.slice(0, most - 1)}…` : text;
  }

  function line(Plot, spec, width, format) {
    const known = spec.rows.filter((row) => row.y !== null);
    const lost = spec.rows.filter((row) => row.y === null);
    const many = spec.series.length > 0;
    const years = withoutGaps([...new Set(spec.rows.map((row) => row.x))].sort((a, b) => (a < b ? -1 : 1)));
    // What has no figure stands in a strip under the line of 0: above it, it would seem to have one.
    const strip = lost.length ? 6 + 11 * Math.max(1, spec.series.length) : 0;
    return Plot.plot({
      ...frame(spec, width),
      ...scales(spec),
      height: 320 + strip,
      insetBottom: strip,
      marginLeft: 60,
      x: { type: "point", domain: years, ticks: sparse(years, width, 40), label: spec.x, labelOffset: 38, tickFormat: (value) => `${value}` },
      y: { zero: true, grid: true, nice: true, label: spec.y || null, tickFormat: format.short, ...whole(spec) },
      marks: [
        Plot.ruleY([0]),
        Plot.line(broken(spec, years), {
          x: "x", y: "y", z: "series", stroke: many ? "series" : COLOURS[0], strokeWidth: 2,
          sort: "x",
        }),
        Plot.dot(known, {
          x: "x", y: "y", r: 4, fill: many ? "series" : COLOURS[0], symbol: many ? "series" : "circle",
        }),
        ...(many ? spec.series : [""]).map((name, index) =>
          Plot.text(lost.filter((row) => row.series === name), {
            x: "x", y: () => 0, dy: 10 + 11 * index, text: () => "×", fontSize: 16,
            fill: many ? "series" : FAINT, title: (row) => told(spec, row, format),
          })),
        Plot.tip(known, Plot.pointer({ x: "x", y: "y", title: (row) => told(spec, row, format) })),
      ],
    });
  }

  function bar(Plot, spec, width, format) {
    const known = spec.rows.filter((row) => row.y !== null);
    const lost = spec.rows.filter((row) => row.y === null);
    const many = spec.series.length > 0;
    const beside = many && !spec.stack;
    const names = withoutGaps([...new Set(spec.rows.map((row) => row.x))]);
    const fill = many ? "series" : COLOURS[0];
    const tip = { title: (row) => told(spec, row, format), tip: true };
    const figures = { grid: true, nice: true, zero: true, label: spec.y || null, tickFormat: format.short, ...whole(spec) };
    const longest = Math.max(0, ...names.map((name) => `${name}`.length));
    const inner = { domain: spec.series, axis: null, padding: 0.05 };
    if (spec.flat) {
      const most = Math.max(6, Math.floor((width * 0.45) / 14));
      const bands = { domain: names, label: null, tickFormat: (value) => shortened(value, most) };
      const each = beside ? 16 * spec.series.length + 8 : 26;
      const room = 14 * Math.min(longest, most) + 16;
      return Plot.plot({
        ...frame(spec, width),
        ...scales(spec),
        height: names.length * each + 60,
        x: { ticks: Math.max(2, Math.floor(width / 120)), ...figures, labelOffset: 38 },
        ...(beside
          ? { fy: { ...bands, axis: "left" }, y: inner, marginLeft: room }
          : { y: bands, marginLeft: room }),
        marks: [
          Plot.barX(known, beside ? { fy: "x", y: "series", x: "y", fill, ...tip } : { y: "x", x: "y", fill, ...tip }),
          Plot.text(lost, {
            ...(beside ? { fy: "x", y: "series" } : { y: "x" }), x: () => 0, dx: 8, text: () => "×", fill: FAINT,
            title: (row) => told(spec, row, format),
          }),
          Plot.ruleX([0]),
        ],
      });
    }
    const ticks = sparse(names, width, Math.min(120, 14 * longest));
    const bands = { domain: names, ticks, label: spec.x, labelOffset: 38, tickFormat: (value) => shortened(value, 9) };
    return Plot.plot({
      ...frame(spec, width),
      ...scales(spec),
      height: 320,
      marginLeft: 60,
      y: figures,
      ...(beside ? { fx: bands, x: inner } : { x: bands }),
      marks: [
        Plot.barY(known, beside ? { fx: "x", x: "series", y: "y", fill, ...tip } : { x: "x", y: "y", fill, ...tip }),
        Plot.text(lost, {
          ...(beside ? { fx: "x", x: "series" } : { x: "x" }), y: () => 0, dy: -8, text: () => "×", fill: FAINT,
          title: (row) => told(spec, row, format),
        }),
        Plot.ruleY([0]),
      ],
    });
  }

  function legend(spec) {
    const list = document.createElement("ul");
    list.className = "chart-legend";
    spec.series.forEach((name, index) => {
      const item = document.createElement("li");
      const key = d3.create("svg").attr("width", 14).attr("height", 14).attr("viewBox", "-8 -8 16 16").attr("aria-hidden", "true");
      const shape = spec.kind === "line" ? d3[`symbol${capital(SYMBOLS[index % SYMBOLS.length])}`] : d3.symbolSquare;
      key.append("path").attr("d", d3.symbol(shape, 90)()).attr("fill", COLOURS[index % COLOURS.length]);
      item.append(key.node(), document.createTextNode(` ${name}`));
      list.append(item);
    });
    return list;
  }

  function capital(word) {
    return word[0].toUpperCase() + word.slice(1);
  }

  const KINDS = { line, bar };

  function draw(figure) {
    const place = figure.querySelector("[data-chart-plot]");
    const spec = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    if (!spec.rows.length) return;
    const width = Math.max(240, Math.floor(place.clientWidth));
    if (place.dataset.width === `${width}`) return;
    place.dataset.width = `${width}`;
    const drawn = KINDS[spec.kind](Plot, spec, width, formats(spec.unit));
    drawn.querySelectorAll("style").forEach((style) => style.remove());
    drawn.querySelectorAll("g[aria-label]").forEach((mark) => mark.removeAttribute("aria-label")); // parts of a picture have no names
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", spec.title);
    drawn.addEventListener("click", () => follow(drawn));
    place.replaceChildren(...(spec.series.length ? [legend(spec)] : []), drawn);
  }

  // For those who point; for all others the same links are in the table.
  function follow(drawn) {
    if (drawn.value && drawn.value.href) window.location.assign(drawn.value.href);
  }

  function start() {
    const figures = document.querySelectorAll("figure[data-chart]");
    const watcher = new ResizeObserver((entries) => entries.forEach((entry) => draw(entry.target.closest("figure"))));
    figures.forEach((figure) => {
      draw(figure);
      watcher.observe(figure.querySelector("[data-chart-plot]"));
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
