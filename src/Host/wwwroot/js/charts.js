// Draws the charts of a page from the numbers in their tables.
const styles = getComputedStyle(document.documentElement);
const colour = name => styles.getPropertyValue(`--${name}`).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const usual = () => ({
  animation: !still,
  aria: { enabled: true, decal: { show: true } },
  textStyle: { color: colour("soft"), fontFamily: colour("font"), fontSize: 13 },
  color: [colour("accent"), colour("wait"), colour("info"), colour("good")],
});

// Bars over time, one upon the other.
const bars = data => ({
  ...usual(),
  grid: { left: 8, right: 8, top: 48, bottom: 8, containLabel: true },
  legend: { type: "scroll", top: 0, left: 0, textStyle: { color: colour("ink") }, show: data.series.length > 1 },
  tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true },
  xAxis: { type: "category", data: data.labels, axisLine: { lineStyle: { color: colour("edge") } }, axisTick: { show: false }, axisLabel: { color: colour("soft") } },
  yAxis: { type: "value", minInterval: 1, axisLabel: { color: colour("soft") }, splitLine: { lineStyle: { color: colour("line") } } },
  series: data.series.map(s => ({ type: "bar", stack: "all", name: s.name, data: s.values, barMaxWidth: 48 })),
});

// Points with lines between them; a larger point has more partners.
const graph = (data, most = Math.max(1, ...data.points.map(p => p.partners))) => ({
  ...usual(),
  aria: { enabled: true },
  tooltip: { confine: true, formatter: at => escape(at.data.told) },
  series: [{
    type: "graph", layout: "force", roam: false, draggable: true, force: { repulsion: 700, edgeLength: [80, 200], gravity: .15, layoutAnimation: !still },
    label: { show: true, position: "bottom", color: colour("ink"), width: 110, overflow: "truncate", fontSize: 12 },
    labelLayout: { hideOverlap: true },
    emphasis: { focus: "adjacency" },
    data: data.points.map(p => ({
      name: p.id, told: p.told, symbolSize: 10 + 14 * p.partners / most, label: { formatter: () => p.name },
      itemStyle: { color: p.partners === 0 ? colour("surface") : p.broker ? colour("wait") : colour("accent"), borderColor: colour("edge"), borderWidth: 1 },
    })),
    links: data.lines.map(l => ({
      source: l.from, target: l.to, told: l.told, symbol: ["none", l.mutual ? "none" : "arrow"], symbolSize: 8,
      lineStyle: { color: colour("edge"), width: .5 + Math.min(3, Math.log2(1 + l.records) / 2), opacity: .5, curveness: l.mutual ? 0 : .15 },
    })),
  }],
});

const escape = text => Object.assign(document.createElement("span"), { textContent: text }).innerHTML;
const shapes = { bars, graph };
const drawn = [];

for (const figure of document.querySelectorAll("figure[data-chart]")) {
  if (!globalThis.echarts) break;
  const data = JSON.parse(figure.dataset.chart);
  const canvas = figure.querySelector(".chart-canvas");
  const chart = echarts.init(canvas);
  const draw = () => chart.setOption(shapes[data.shape](data), true);
  draw();
  new ResizeObserver(() => chart.resize()).observe(canvas);
  drawn.push(draw);
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.forEach(draw => draw()));
