// Uses the page that entente draw writes as its readers do:
//
//	node page.mjs FOLDER CHROMIUM GRAPH.html HOSTILE.html
//
// FOLDER is where playwright-core is installed, HOSTILE.html a page whose names and quotes try to be
// markup. Pictures of both are left beside them.
import assert from "node:assert/strict";
import {fits, ground, press, readable, readers, settled, start, visit} from "./browser.mjs";

const [folder, chromium, graph, hostile] = process.argv.slice(2);
const browser = await start(folder, chromium);
try {
  const grounds = new Map();
  for (const reader of readers) {
    await visit(browser, graph, reader, async page => {
      grounds.set(reader.name, await ground(page));
      await asItOpens(page, reader);
      for (const part of [panel, search, period, zoom, theme, reader.phone ? fingers : keyboard]) await part(page, reader);
    });
    await visit(browser, hostile, reader, letters);
  }
  for (const size of ["desk", "phone"]) assert.notEqual(grounds.get(size + "-light"), grounds.get(size + "-dark"), "both schemes have one ground");
  console.log(`Chromium ${browser.version()}: ${readers.length} readers use the page`);
} finally {
  await browser.close();
}

// dataOf returns what the page has of its graph; biggest is the actor with the
// most events, who has ties.
async function dataOf(page) {
  const data = JSON.parse(await page.locator("#data").textContent());
  data.nodes.forEach((n, i) => { n.i = i; n.ties = data.edges.filter(e => e.source === i || e.target === i); });
  data.biggest = data.nodes.reduce((a, b) => b.events > a.events ? b : a);
  return data;
}

function node(page, n) { return page.locator(`#node-${n.i} circle`); }

async function asItOpens(page) {
  const data = await dataOf(page);
  assert.ok(data.nodes.length > 20 && data.edges.length > 20, "the graph is too small to try anything on");
  assert.equal(await page.locator(".node").count(), data.nodes.length);
  assert.equal(await page.locator(".edge").count(), data.edges.length);
  assert.equal(await page.locator("#panel").isVisible(), false);
  assert.equal(await page.locator("#count").textContent(), `${data.edges.length} of ${data.edges.length} ties`);
  const covered = await page.evaluate(() => {
    const names = [...document.querySelectorAll(".name")].map(x => [x.textContent, x.getBoundingClientRect()]);
    return names.flatMap(([a, r], i) => names.slice(i + 1).filter(([, s]) =>
      Math.min(r.right, s.right) - Math.max(r.left, s.left) > 1 && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 1).map(([b]) => `${a} and ${b}`));
  });
  assert.deepEqual(covered, [], "names cover each other");
  await large(page, "as it opens");
}

// large checks that names can be read without a glass.
async function large(page, when) {
  const small = await page.evaluate(() => Math.min(...[...document.querySelectorAll(".name")].map(x =>
    parseFloat(x.getAttribute("font-size")) * x.ownerSVGElement.getScreenCTM().a)));
  assert.ok(small >= 9, `names are ${small.toFixed(1)} pixels high ${when}`);
}

// chosen checks what the page shows of an actor.
async function chosen(page, data, n) {
  await settled(page);
  assert.equal(await page.locator("#panel").isVisible(), true);
  assert.equal(await page.locator("#told h2").textContent(), n.name);
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll(".node.chosen")].map(x => x.id)), [`node-${n.i}`]);
  const ties = await page.evaluate(() => [...document.querySelectorAll("#told .tie")].map(t => ({edge: +t.dataset.edge,
    quotes: [...t.querySelectorAll(".event .quote")].map(q => q.textContent), sources: [...t.querySelectorAll(".event .source")].map(q => q.textContent)})));
  assert.deepEqual(ties.map(t => t.edge).sort((a, b) => a - b), n.ties.map(e => data.edges.indexOf(e)), "the panel's ties are not the actor's");
  for (const t of ties) {
    assert.deepEqual(t.quotes, data.edges[t.edge].facts.map(f => f.quote));
    assert.ok(t.quotes.length > 0 && t.sources.length === t.quotes.length && t.sources.every(Boolean), "a tie lacks its quotes or sources");
  }
  const near = new Set([n.i, ...n.ties.flatMap(e => [e.source, e.target])]);
  const dim = await page.evaluate(() => [...document.querySelectorAll(".node.dim")].map(x => +x.id.slice(5)));
  assert.deepEqual(dim.sort((a, b) => a - b), data.nodes.map(x => x.i).filter(i => !near.has(i)), "the dim actors are not those without a tie to the chosen one");
  const inView = await node(page, n).evaluate(c => {
    const r = c.getBoundingClientRect(), g = document.getElementById("graph").getBoundingClientRect();
    return r.left >= g.left && r.right <= g.right && r.top >= g.top && r.bottom <= g.bottom;
  });
  assert.ok(inView, `${n.name} is out of view`);
}

async function closed(page) {
  assert.equal(await page.locator("#panel").isVisible(), false);
  assert.equal(await page.locator(".dim, .chosen").count(), 0);
}

async function panel(page, reader) {
  const data = await dataOf(page);
  await press(node(page, data.biggest), reader);
  await chosen(page, data, data.biggest);
  await fits(page, "with the panel");
  await large(page, "beside the panel");
  await readable(page);
  await page.screenshot({path: graph.replace(/\.html$/, `-panel-${reader.name}.png`)});
  await page.locator("#panel").evaluate(x => { x.scrollTop = x.scrollHeight; });
  const [close, told] = await Promise.all(["#close", "#panel"].map(id => page.locator(id).boundingBox()));
  assert.ok(close.y >= told.y && close.y + close.height <= told.y + told.height, "the button that closes scrolls away");
  await press(page.locator("#close"), reader);
  await closed(page);
  await press(node(page, data.biggest), reader);
  await page.keyboard.press("Escape");
  await closed(page);
}

async function search(page, reader) {
  const data = await dataOf(page);
  const n = data.nodes.filter(n => n !== data.biggest).reduce((a, b) => b.ties.length > a.ties.length ? b : a);
  const box = page.locator("#search");
  await box.fill(n.name.split(" ").at(-1).toUpperCase());
  await fits(page, "with results");
  await press(page.locator(`#results button[data-node="${n.i}"]`), reader);
  await chosen(page, data, n);
  assert.equal(await page.locator("#results").isVisible(), false);
  await page.keyboard.press("Escape");
  await box.fill(data.biggest.name);
  await box.press("Enter");
  await chosen(page, data, data.biggest);
  await page.keyboard.press("Escape");
  await closed(page);
  await box.fill("nobody has such a name");
  assert.equal(await page.locator("#results button").count(), 0);
  assert.ok(await page.locator("#results").isVisible());
  await box.fill("");
  assert.equal(await page.locator("#results").isVisible(), false);
}

async function period(page) {
  const data = await dataOf(page);
  const shown = async () => {
    const away = await page.locator(".edge.away").count();
    assert.equal(await page.locator("#count").textContent(), `${data.edges.length - away} of ${data.edges.length} ties`);
    return data.edges.length - away;
  };
  const slide = (id, part) => page.locator(id).evaluate((x, part) => {
    x.value = Math.round(x.max * part);
    x.dispatchEvent(new Event("input", {bubbles: true}));
  }, part);
  assert.equal(await shown(), data.edges.length);
  assert.deepEqual(await page.evaluate(() => ["since", "until"].map(id => document.getElementById(id + "-day").textContent)), [data.first, data.last]);
  await slide("#since", 0.8);
  const since = await page.locator("#since-day").textContent();
  const want = data.edges.filter(e => e.dates.some(d => d && d >= since.slice(0, d.length))).length;
  assert.equal(await shown(), want, "ties since " + since);
  assert.ok(want > 0 && want < data.edges.length, "the slider moves no tie away");
  await slide("#until", 0.2); // before the other, which gives way
  assert.equal(await page.locator("#since-day").textContent(), await page.locator("#until-day").textContent());
  await page.locator("#since").press("Home");
  await page.locator("#until").press("End");
  assert.equal(await shown(), data.edges.length);
  await page.locator("#until").press("ArrowLeft");
  const day = new Date(Date.parse(data.last) - 864e5).toISOString().slice(0, 10);
  assert.equal(await page.locator("#until-day").textContent(), day);
  assert.ok(await shown() < data.edges.length, "a day less leaves all ties there");
  await page.locator("#until").press("End");
}

async function zoom(page, reader) {
  const view = async () => (await page.locator("#graph").getAttribute("viewBox")).split(" ").map(Number);
  const before = await view();
  await press(page.locator("#zoom-in"), reader);
  const nearer = await view();
  assert.ok(nearer[2] < before[2], "+ does not come nearer");
  await press(page.locator("#zoom-out"), reader);
  await press(page.locator("#zoom-out"), reader);
  assert.ok((await view())[2] > before[2], "− does not go farther");
  await press(page.locator("#zoom-all"), reader);
  await settled(page);
  const all = await view();
  assert.deepEqual(all.slice(0, 2), [0, 0]);
  const out = await page.evaluate(() => {
    const g = document.getElementById("graph").getBoundingClientRect();
    return [...document.querySelectorAll(".node circle, .name text")].filter(x => {
      const r = x.getBoundingClientRect();
      return r.left < g.left - 1 || r.right > g.right + 1 || r.top < g.top - 1 || r.bottom > g.bottom + 1;
    }).map(x => x.textContent || x.parentElement.id);
  });
  assert.deepEqual(out, [], "all is not in view");
  if (reader.phone) return;
  const box = await page.locator("#graph").boundingBox();
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x + 105, box.y + 55, {steps: 4});
  await page.mouse.up();
  const moved = await view();
  assert.ok(moved[0] < 0 && moved[1] < 0 && moved[2] === all[2], "the graph does not follow the mouse");
  await page.mouse.wheel(0, -200);
  await page.waitForFunction(wide => +document.getElementById("graph").getAttribute("viewBox").split(" ")[2] < wide, moved[2]);
  await press(page.locator("#zoom-all"), reader);
}

async function theme(page, reader) {
  const before = await ground(page);
  await press(page.locator("#theme"), reader);
  assert.notEqual(await ground(page), before);
  await readable(page);
  await press(page.locator("#theme"), reader);
  assert.equal(await ground(page), before);
}

// keyboard goes to the first actor by the tabulator, in, and back.
async function keyboard(page) {
  await page.locator("#theme").focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "node-0");
  assert.ok(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "the actor has no name for who hears the page");
  await page.keyboard.press("Enter");
  const data = await dataOf(page);
  await chosen(page, data, data.nodes[0]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "panel");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "close");
  await page.keyboard.press("Enter");
  await closed(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "node-0");
}

// fingers need 40 pixels, and may miss an actor by a few.
async function fingers(page) {
  const small = await page.evaluate(() => [...document.querySelectorAll("button, input")].filter(x => x.checkVisibility()).map(x => [x.id, x.getBoundingClientRect()])
    .filter(([, r]) => r.width < 40 || r.height < 40).map(([id, r]) => `${id} ${r.width} x ${r.height}`));
  assert.deepEqual(small, [], "too small for a finger");
  const data = await dataOf(page);
  const beside = await page.evaluate(() => {
    for (const n of document.querySelectorAll(".node")) {
      const r = n.getBoundingClientRect();
      for (let a = 0; a < 6.3; a += 0.2) {
        const far = r.width / 2 + 12, x = r.x + r.width / 2 + far * Math.cos(a), y = r.y + r.height / 2 + far * Math.sin(a);
        const others = [...document.querySelectorAll(".node")].some(o => {
          const s = o.getBoundingClientRect();
          return o !== n && Math.hypot(x - s.x - s.width / 2, y - s.y - s.height / 2) < s.width / 2 + 30;
        });
        if (!others && document.elementFromPoint(x, y)?.id === "graph") return {x, y, i: +n.id.slice(5)};
      }
    }
  });
  assert.ok(beside, "there is no free place beside any actor");
  await page.touchscreen.tap(beside.x, beside.y);
  await chosen(page, data, data.nodes[beside.i]);
  await page.locator("#close").tap();
  await closed(page);
}

// letters checks that what tries to be markup is shown as it is written.
async function letters(page, reader) {
  const data = await dataOf(page);
  const n = data.nodes.find(n => n.name.includes("<script>"));
  assert.ok(n, "nobody has a name that tries to be markup");
  await page.locator("#search").fill("<script>");
  await press(page.locator(`#results button[data-node="${n.i}"]`), reader);
  await chosen(page, data, n);
  for (const other of data.nodes) {
    await page.locator("#search").fill(other.name);
    await page.locator("#search").press("Enter");
    assert.equal(await page.locator("#told h2").textContent(), other.name);
  }
  const quotes = data.edges.flatMap(e => e.facts.map(f => f.quote));
  for (const sign of ["</script><script>", "]]>", "<!--", "<img src=x onerror", "'quotes'"]) {
    assert.ok(quotes.some(q => q.includes(sign)), `no quote has ${sign}`);
  }
  assert.deepEqual(await page.evaluate(() => ["script", "img", "[onerror]", "[onload]", "a[href^='javascript' i]"].map(s => document.querySelectorAll(s).length)), [2, 0, 0, 0, 0]);
}
