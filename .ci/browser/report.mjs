// Reads the reports that entente writes as their readers do:
//
//	node report.mjs FOLDER CHROMIUM REPORT.html…
//
// FOLDER is where playwright-core is installed. Pictures of the reports are left beside them.
import assert from "node:assert/strict";
import {ground, readers, start, visit} from "./browser.mjs";

const [folder, chromium, ...reports] = process.argv.slice(2);
const browser = await start(folder, chromium);
try {
  for (const report of reports) {
    const grounds = new Map();
    for (const reader of readers) {
      await visit(browser, report, reader, async page => {
        grounds.set(reader.name, await ground(page));
        await sections(page);
        await drawing(page);
        await paper(page);
      });
    }
    for (const size of ["desk", "phone"]) assert.notEqual(grounds.get(size + "-light"), grounds.get(size + "-dark"), "both schemes have one ground");
  }
  console.log(`Chromium ${browser.version()}: ${readers.length} readers read ${reports.length} reports`);
} finally {
  await browser.close();
}

async function sections(page) {
  const titles = await page.locator("h2").allTextContents();
  for (const want of ["Who", "What", "The graph", "When", "Strongest ties, best attested"]) assert.ok(titles.includes(want), `there is no section ${want}`);
  assert.ok(titles.some(t => t.startsWith("New since")), "there is no section on what is new");
  assert.ok(await page.locator("blockquote").count() > 3, "hardly a sentence is quoted");
  assert.equal(await page.locator("script, style ~ style, [style]").count(), 0);
}

// drawing checks the graph against what is said below it.
async function drawing(page) {
  const said = await page.locator("figure:has(.graph) figcaption").textContent();
  const [, names, others, ties] = said.match(/^(?:(.*) and )?(\d+|no) .*?; (\d+) (?:of \d+ )?ties?[.,]/) ?? assert.fail("the caption is " + said);
  const named = names ? names.split(", ").length : 0;
  assert.equal(await page.locator(".graph .node").count(), named + (others === "no" ? 0 : +others), said);
  assert.equal(await page.locator(".graph .edge").count(), +ties, said);
  const seen = await page.evaluate(() => {
    const graph = document.querySelector(".graph"), all = graph.getBoundingClientRect(), scale = graph.getScreenCTM().a;
    const inside = r => r.left >= all.left - 1 && r.right <= all.right + 1 && r.top >= all.top - 1 && r.bottom <= all.bottom + 1;
    const colour = (x, what) => getComputedStyle(x)[what];
    const quad = x => [...x.classList].find(c => /^q\d$/.test(c));
    const key = Object.fromEntries([...document.querySelectorAll(".keys path")].map(x => [quad(x), colour(x, "stroke")]));
    return {
      out: [...graph.querySelectorAll("circle, text")].filter(x => !inside(x.getBoundingClientRect())).length,
      small: Math.min(...[...graph.querySelectorAll("[font-size]")].map(x => parseFloat(x.getAttribute("font-size")) * scale)),
      untold: [...graph.querySelectorAll(".node, .edge")].filter(x => !x.querySelector("title")?.textContent).length,
      strange: [...graph.querySelectorAll(".edge")].filter(x => colour(x.querySelector("path"), "stroke") !== key[quad(x)]).length,
      ink: [...graph.querySelectorAll(".name")].filter(x => colour(x, "fill") !== colour(document.body, "color")).length,
    };
  });
  assert.ok(seen.small >= 9, `names are ${seen.small.toFixed(1)} pixels high`);
  delete seen.small;
  assert.deepEqual(seen, {out: 0, untold: 0, strange: 0, ink: 0});
}

// paper is white whatever the scheme, and has all of the drawing.
async function paper(page) {
  await page.emulateMedia({media: "print"});
  assert.equal(await ground(page), "rgb(255, 255, 255)");
  const [graph, room] = await page.evaluate(() => [".graph", "body"].map(s => document.querySelector(s).getBoundingClientRect().width));
  assert.ok(graph <= room, "the drawing is cut on paper");
  await page.emulateMedia({media: null});
}
