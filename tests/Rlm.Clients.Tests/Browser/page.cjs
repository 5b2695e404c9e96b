// Looks at a trajectory page in Chromium and prints what it finds as JSON: node page.cjs PLAYWRIGHT CHROMIUM FILE [FOLDER FOR SCREENSHOTS]
const { pathToFileURL } = require("node:url");
const [playwright, executablePath, file, shots] = process.argv.slice(2);

// The lowest contrast of text against what lies behind it (WCAG 2.2, relative luminance).
function contrast() {
  const parts = color => color.match(/[\d.]+/g).map(Number);
  const light = color => {
    const [r, g, b] = parts(color).slice(0, 3).map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = node => {
    for (; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if (parts(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  let worst = { ratio: 21, text: "" };
  for (const node of document.querySelectorAll("body *")) {
    if (node.closest("svg, script, .skip") || ![...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) || !node.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(node).color), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text: `${node.localName}.${node.className}: ${node.textContent.slice(0, 60)}` };
  }
  return worst;
}

async function look(browser, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const found = { width, colorScheme, complaints: [], requests: [] };
  page.on("console", message => found.complaints.push(message.text()));
  page.on("pageerror", error => found.complaints.push(error.message));
  page.on("request", request => { if (request.resourceType() !== "document") found.requests.push(request.url()); });
  await context.setOffline(true);
  await page.goto(pathToFileURL(file).href);
  if (shots) await page.screenshot({ path: `${shots}/${width}-${colorScheme}.png`, fullPage: true });
  const sides = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  found.sideways = await sides();
  found.keyboard = await keyboard(page);
  found.revealed = await reveal(page);
  await page.evaluate(() => document.querySelectorAll("details").forEach(fold => { fold.open = true; }));
  found.sidewaysOpen = await sides();
  found.contrast = await page.evaluate(contrast);
  found.pwned = await page.evaluate(() => String(window.pwned));
  found.scripts = await page.evaluate(() => document.scripts.length);
  found.text = await page.evaluate(() => document.body.innerText);
  await context.close();
  return found;
}

// Tabs through the page: where focus goes, whether it is seen, and what Enter does there.
async function keyboard(page) {
  const reached = [], wanted = { fold: false, link: false };
  for (let at = 0; at < 60 && !(wanted.fold && wanted.link); at++) {
    await page.keyboard.press("Tab");
    const on = await page.evaluate(() => {
      const node = document.activeElement, style = getComputedStyle(node);
      return { name: node.localName, text: node.textContent.slice(0, 40), seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, open: node.parentElement?.open, hash: node.hash };
    });
    reached.push(on);
    if (on.name === "summary" && !wanted.fold) {
      await page.keyboard.press("Enter");
      wanted.fold = await page.evaluate(() => document.activeElement.parentElement.open) !== on.open;
    }
    if (on.name === "a" && on.hash === "#sources") {
      await page.keyboard.press("Enter");
      wanted.link = await page.evaluate(() => location.hash === "#sources");
    }
  }
  return { ...wanted, first: reached[0].text, unseen: reached.filter(on => !on.seen).map(on => `${on.name} ${on.text}`) };
}

// A quote's link leads to the line, out of its fold.
async function reveal(page) {
  const link = page.locator(".quote a").first();
  if (await link.count() === 0) return null;
  await link.click();
  return page.evaluate(() => {
    const target = document.querySelector(":target"), box = target?.getBoundingClientRect();
    return { text: target?.textContent ?? null, seen: !!box && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight };
  });
}

(async () => {
  const browser = await require(playwright).chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  const found = [];
  for (const width of [1280, 375]) for (const colorScheme of ["light", "dark"]) found.push(await look(browser, width, colorScheme));
  await browser.close();
  console.log(JSON.stringify(found));
})().catch(error => { console.error(error); process.exit(1); });
