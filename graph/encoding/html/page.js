"use strict";
(() => {
  const $ = id => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const svg = $("graph"), panel = $("panel"), tip = $("tip");
  const nodes = data.nodes.map((n, i) => ({...n, i, edges: [], at: $("node-" + i), letters: svg.querySelector(`.name[data-node="${i}"]`)}));
  const edges = data.edges.map((e, i) => ({...e, i, at: $("edge-" + i)}));
  for (const e of edges) {
    nodes[e.source].edges.push(e);
    if (e.target !== e.source) nodes[e.target].edges.push(e);
  }
  const make = (tag, text, name) => {
    const x = document.createElement(tag);
    if (text !== undefined) x.textContent = text;
    if (name) x.className = name;
    return x;
  };

  // The period. A date counts in the precision of the coarser of the two compared.
  const day = 864e5;
  const first = data.first && Date.parse(data.first), last = data.last && Date.parse(data.last);
  const days = data.first ? Math.round((last - first) / day) : 0;
  let since = "", until = "";
  const within = d => {
    if (!d) return !since && !until;
    const a = Math.min(d.length, since.length), b = Math.min(d.length, until.length);
    return d.slice(0, a) >= since.slice(0, a) && d.slice(0, b) <= until.slice(0, b);
  };
  const iso = n => new Date(first + n * day).toISOString().slice(0, 10);
  let shown = null; // the node or edge in the panel
  const draw = () => {
    for (const e of edges) {
      e.away = !(since || until ? e.dates.some(within) : true);
      e.at.classList.toggle("away", e.away);
    }
    const about = shown && (shown.edges ? shown.edges : [shown]);
    for (const n of nodes) {
      const alone = n.edges.length > 0 && n.edges.every(e => e.away);
      const far = about && shown !== n && !about.some(e => !e.away && (e.source === n.i || e.target === n.i));
      for (const x of [n.at, n.letters]) if (x) x.classList.toggle("dim", alone || !!far);
      n.at.classList.toggle("chosen", shown === n);
    }
    for (const e of edges) {
      e.at.classList.toggle("dim", !!about && !about.includes(e));
      e.at.classList.toggle("chosen", shown === e);
    }
    $("count").textContent = `${edges.filter(e => !e.away).length} of ${edges.length} ties`;
  };
  const slide = moved => {
    let a = +$("since").value, b = +$("until").value;
    if (a > b) {
      if (moved === $("since")) $("until").value = b = a; else $("since").value = a = b;
    }
    const all = a === 0 && b === days;
    since = all ? "" : iso(a);
    until = all ? "" : iso(b);
    $("since-day").textContent = iso(a);
    $("until-day").textContent = iso(b);
    draw();
    if (shown) tell(shown);
  };
  if (days > 0) {
    $("period").hidden = false;
    $("since").max = $("until").max = days;
    $("until").value = days; // after max, which it is cut to
    for (const id of ["since", "until"]) $(id).addEventListener("input", x => slide(x.target));
  }

  // The panel.
  const title = e => `${nodes[e.source].name} ${e.symmetric ? "↔" : "→"} ${nodes[e.target].name}`;
  const event = (f, e) => {
    const box = make("article", undefined, "event q" + e.quad);
    box.append(make("p", [f.date || "no date", f.predicate, f.status === "asserted" ? "" : f.status, f.by ? "says " + f.by : ""].filter(Boolean).join(" · "), "about"));
    box.append(make("blockquote", f.quote, "quote"));
    const where = make("p", undefined, "about source");
    const text = [f.publisher, f.title || f.article, f.published].filter(Boolean).join(", ");
    if (/^https?:\/\//i.test(f.url || "")) {
      const a = make("a", text || f.url);
      a.href = f.url;
      a.rel = "noopener noreferrer nofollow";
      a.target = "_blank";
      where.append(a);
    } else where.textContent = text;
    box.append(where);
    return box;
  };
  const tie = (e, heading) => {
    const box = make("section", undefined, "tie q" + e.quad);
    box.dataset.edge = e.i;
    if (heading) box.append(make("h3", title(e)));
    const facts = e.facts.filter(f => within(f.date));
    box.append(make("p", `${e.category}: ${e.events} ${e.events === 1 ? "event" : "events"}`, "about"));
    for (const f of facts) box.append(event(f, e));
    const left = e.records - e.facts.length;
    if (left > 0) box.append(make("p", `and ${left} more records`, "about"));
    return box;
  };
  const kind = t => t === "igo" ? "intergovernmental" : t.replaceAll("-", " ");
  const tell = x => {
    const body = $("told");
    body.replaceChildren();
    if (x.edges) {
      body.append(make("h2", x.name));
      body.append(make("p", [kind(x.type), x.country, `${x.events} ${x.events === 1 ? "event" : "events"}`, x.id].filter(Boolean).join(" · "), "about"));
      const ties = x.edges.filter(e => !e.away).sort((a, b) => b.events - a.events);
      for (const e of ties) body.append(tie(e, true));
      if (!ties.length) body.append(make("p", "No tie is drawn in this period."));
    } else {
      body.append(make("h2", title(x)));
      body.append(tie(x, false));
    }
  };
  // choose shows x, or closes the panel. Who came by keyboard goes on in the panel,
  // and back to where he was.
  let back = null;
  const choose = (x, byKey) => {
    const inside = panel.contains(document.activeElement);
    shown = x;
    panel.hidden = !x;
    if (x) {
      tell(x);
      panel.scrollTop = 0;
      back = x.at;
      if (byKey) panel.focus();
    } else if (inside && back) back.focus();
    tip.hidden = true;
    draw();
  };
  $("close").addEventListener("click", () => choose(null));

  // Nodes and edges: what a viewer without scripts shows as a tooltip becomes ours.
  for (const x of [...edges, ...nodes]) {
    const t = x.at.querySelector("title");
    x.tip = t ? t.textContent : "";
    if (t) t.remove();
    x.at.setAttribute("tabindex", x.edges ? "0" : "-1");
    x.at.setAttribute("role", "button");
    x.at.setAttribute("aria-label", x.tip);
    if (!x.edges) {
      const hit = x.at.querySelector("path").cloneNode();
      hit.setAttribute("class", "hit");
      x.at.append(hit);
    }
    x.at.addEventListener("pointermove", p => {
      if (p.pointerType === "touch" || dragging) return;
      tip.textContent = x.tip;
      tip.hidden = false;
      const w = tip.offsetWidth, h = tip.offsetHeight;
      // CSSOM, which the policy lets through, unlike style attributes.
      tip.style.left = Math.max(4, Math.min(p.clientX + 14, innerWidth - w - 4)) + "px";
      tip.style.top = Math.max(4, p.clientY + 18 + h > innerHeight ? p.clientY - h - 8 : p.clientY + 18) + "px";
    });
    x.at.addEventListener("pointerleave", () => { tip.hidden = true; });
    x.at.addEventListener("click", () => { if (!dragged) choose(x); });
    x.at.addEventListener("keydown", k => {
      if (k.key === "Enter" || k.key === " ") {
        k.preventDefault();
        choose(x, true);
      }
    });
  }
  // A finger is broader than a node: what it just misses is meant.
  const finger = 22;
  const near = (x, y) => {
    let best = null, least = finger;
    for (const n of nodes) {
      const box = n.at.getBoundingClientRect();
      const far = Math.hypot(x - box.left - box.width / 2, y - box.top - box.height / 2) - box.width / 2;
      if (far < least) [best, least] = [n, far];
    }
    return best;
  };
  svg.addEventListener("click", c => {
    if (!dragged && !c.target.closest(".node, .edge")) choose(c.pointerType === "touch" ? near(c.clientX, c.clientY) : null);
  });

  // Pan and zoom: the view box moves. All is in view until it is moved; from then
  // on the scale is kept when the panel opens or the window turns.
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = whole, size = [0, 0];
  const set = v => {
    view = v;
    svg.setAttribute("viewBox", v.map(n => Math.round(n * 100) / 100).join(" "));
  };
  const scale = () => Math.min(size[0] / view[2], size[1] / view[3]) || 1;
  const place = n => ["cx", "cy"].map(a => +n.at.querySelector("circle").getAttribute(a));
  // show moves the view to a place at that scale, unless it is well within.
  const show = (x, y, s, always) => {
    const w = size[0] / s, h = size[1] / s;
    let cx = view[0] + view[2] / 2, cy = view[1] + view[3] / 2;
    if (always || Math.abs(x - cx) > 0.4 * w) cx = x;
    if (always || Math.abs(y - cy) > 0.4 * h) cy = y;
    set([cx - w / 2, cy - h / 2, w, h]);
  };
  const resize = () => {
    const s = scale(), begun = size[0] > 0;
    size = [svg.clientWidth, svg.clientHeight];
    if (!begun) begin();
    else if (view !== whole) {
      const at = shown ? place(shown.edges ? shown : nodes[shown.source]) : [view[0] + view[2] / 2, view[1] + view[3] / 2];
      show(...at, s);
    }
  };
  // begin looks, where all would be too small to read, at the actor with most
  // events and around, as large as fits the height.
  const begin = () => {
    const high = Math.min(1, size[1] / whole[3]);
    if (scale() > 0.6 || high < 1.2 * scale() || !nodes.length) return;
    const [x] = place(nodes.reduce((a, b) => b.events > a.events ? b : a));
    const half = size[0] / high / 2;
    show(Math.max(whole[0] + half, Math.min(whole[0] + whole[2] - half, x)), whole[1] + whole[3] / 2, high, true);
  };
  new ResizeObserver(resize).observe(svg);
  const point = (x, y) => {
    const box = svg.getBoundingClientRect(), s = scale();
    return [view[0] + view[2] / 2 + (x - box.left - box.width / 2) / s, view[1] + view[3] / 2 + (y - box.top - box.height / 2) / s];
  };
  const zoom = (by, x, y) => {
    const width = Math.min(whole[2] * 3, Math.max(whole[2] / 30, view[2] / by));
    by = view[2] / width;
    const [px, py] = point(x, y);
    set([px - (px - view[0]) / by, py - (py - view[1]) / by, view[2] / by, view[3] / by]);
  };
  const middle = by => {
    const box = svg.getBoundingClientRect();
    zoom(by, box.left + box.width / 2, box.top + box.height / 2);
  };
  svg.addEventListener("wheel", w => {
    w.preventDefault();
    zoom(Math.pow(1.0015, -w.deltaY * (w.deltaMode === 1 ? 20 : 1)), w.clientX, w.clientY);
  }, {passive: false});
  const fingers = new Map();
  let dragging = false, dragged = false, begun = null;
  svg.addEventListener("pointerdown", p => {
    if (fingers.size === 0) {
      dragged = false;
      begun = [p.clientX, p.clientY];
    }
    fingers.set(p.pointerId, [p.clientX, p.clientY]);
  });
  addEventListener("pointermove", p => {
    const before = fingers.get(p.pointerId);
    if (!before) return;
    if (fingers.size === 1) {
      if (!dragging && Math.hypot(p.clientX - begun[0], p.clientY - begun[1]) < 6) return;
      dragging = dragged = true;
      const s = scale();
      set([view[0] - (p.clientX - before[0]) / s, view[1] - (p.clientY - before[1]) / s, view[2], view[3]]);
    } else if (fingers.size === 2) {
      dragging = dragged = true;
      const other = [...fingers].find(([id]) => id !== p.pointerId)[1];
      const far = (a, b) => Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1]));
      const now = [p.clientX, p.clientY], s = scale();
      zoom(far(now, other) / far(before, other), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
      set([view[0] - (now[0] - before[0]) / 2 / s, view[1] - (now[1] - before[1]) / 2 / s, view[2], view[3]]);
    }
    fingers.set(p.pointerId, [p.clientX, p.clientY]);
    tip.hidden = true;
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, p => {
    fingers.delete(p.pointerId);
    if (fingers.size === 0) dragging = false;
    for (const f of fingers.values()) begun = f;
  });
  $("zoom-in").addEventListener("click", () => middle(1.4));
  $("zoom-out").addEventListener("click", () => middle(1 / 1.4));
  $("zoom-all").addEventListener("click", () => set(whole));
  addEventListener("keydown", k => {
    if (k.key === "Escape") {
      results.hidden = true;
      choose(null);
    }
  });

  // The search: words in any order, without regard to accents.
  const fold = s => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const search = $("search"), results = $("results");
  const go = n => {
    results.hidden = true;
    if (view !== whole) show(...place(n), scale());
    choose(n, true);
  };
  const find = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const found = words.length ? nodes.filter(n => words.every(w => fold(n.name + " " + n.id).includes(w))).sort((a, b) => b.events - a.events) : [];
    results.replaceChildren(...found.slice(0, 12).map(n => {
      const item = make("li"), b = make("button", n.name);
      b.type = "button";
      b.dataset.node = n.i;
      b.addEventListener("click", () => go(n));
      item.append(b);
      return item;
    }));
    if (words.length && !found.length) results.append(make("li", "nobody of that name is drawn"));
    results.hidden = !words.length;
    return found;
  };
  search.addEventListener("input", find);
  search.addEventListener("keydown", k => {
    if (k.key === "Enter") {
      const found = find();
      if (found.length) go(found[0]);
    }
  });

  // The scheme: the browser's until it is switched.
  $("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  if (days > 0) slide(); else draw();
})();
