// Opens a page as four readers do: on a desk and on a phone, in light and in dark.
// Whatever a page asks of a network, says on the console or throws fails the run.
import assert from "node:assert/strict";
import {createRequire} from "node:module";
import path from "node:path";
import {pathToFileURL} from "node:url";

const desk = {name: "desk", viewport: {width: 1280, height: 800}};
const phone = {name: "phone", viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true};

// readers are the four; phone is true of those who have no mouse and no keys.
export const readers = [desk, phone].flatMap(size => ["light", "dark"].map(colorScheme =>
  ({...size, colorScheme, phone: size === phone, name: `${size.name}-${colorScheme}`})));

// start returns a Chromium, driven by the playwright-core of that folder.
export async function start(folder, executablePath) {
  const {chromium} = createRequire(path.resolve(folder) + path.sep)("playwright-core");
  return chromium.launch({executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"]});
}

// visit opens a file for a reader, looks at it, and leaves a picture beside it.
export async function visit(browser, file, reader, look) {
  const {name, phone: _, ...options} = reader;
  const address = pathToFileURL(path.resolve(file)).href;
  const context = await browser.newContext({...options, offline: true, serviceWorkers: "block"});
  try {
    const complaints = [];
    await context.route("**", route => route.request().url() === address ? route.continue() : route.abort());
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on("request", r => { if (r.url() !== address) complaints.push("asks for " + r.url()); });
    page.on("console", m => complaints.push(`console ${m.type()}: ${m.text()}`));
    page.on("pageerror", e => complaints.push("throws " + e));
    page.on("dialog", d => { complaints.push("opens a dialog: " + d.message()); d.dismiss(); });
    context.on("page", p => complaints.push("opens " + p.url()));
    await page.goto(address);
    await page.screenshot({path: file.replace(/\.html$/, `-${name}.png`), fullPage: true});
    await fits(page, "as it opens");
    await readable(page);
    await look(page, reader);
    await fits(page, "in the end");
    assert.equal(await page.evaluate("window.broken"), undefined, "a script of an article has run");
    assert.deepEqual(complaints, []);
  } catch (e) {
    e.message = `${path.basename(file)}, ${name}: ${e.message}`;
    throw e;
  } finally {
    await context.close();
  }
}

// fits checks that nothing stands out of the window sideways.
export async function fits(page, when) {
  await settled(page);
  const room = page.viewportSize().width; // a phone's innerWidth grows with what stands out
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  assert.ok(wide <= room, `${when}, the page is ${wide} pixels wide, the window ${room}`);
}

// readable checks that the texts in view stand out from their ground, by the
// contrast ratio of WCAG 2.1, 4.5.
export async function readable(page) {
  const pale = await page.evaluate(() => {
    const parts = colour => {
      const list = colour.match(/[\d.]+/g).map(Number);
      return {rgb: list.slice(0, 3), alpha: list.length > 3 ? list[3] : 1};
    };
    const light = rgb => {
      const [r, g, b] = rgb.map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = x => {
      for (; x; x = x.parentElement) {
        const c = parts(getComputedStyle(x).backgroundColor);
        if (c.alpha === 1) return c.rgb;
      }
      return [255, 255, 255];
    };
    const found = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let t; (t = walk.nextNode());) {
      const x = t.parentElement;
      if (!t.data.trim() || !x.checkVisibility() || x.closest("script, style, noscript, title, .dim")) continue;
      const style = getComputedStyle(x);
      const [a, b] = [light(parts(x.namespaceURI.endsWith("svg") ? style.fill : style.color).rgb), light(ground(x))].sort((a, b) => a - b);
      const ratio = (b + 0.05) / (a + 0.05);
      if (ratio < 4.5) found.add(`${x.tagName} ${x.className.baseVal ?? x.className} ${ratio.toFixed(1)}: ${t.data.trim().slice(0, 30)}`);
    }
    return [...found];
  });
  assert.deepEqual(pale, [], "texts too pale to read");
}

// settled waits until what has changed is laid out, and the page has seen it.
export const settled = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));

// press clicks or taps.
export const press = (thing, reader) => reader.phone ? thing.tap() : thing.click();

// ground is the colour that the page stands on.
export const ground = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
