// Follows a session in Chromium and prints what it saw as JSON: node watch.cjs PLAYWRIGHT CHROMIUM ADDRESS RELEASE. The session goes on when the file RELEASE is there.
const { writeFileSync } = require("node:fs");
const [playwright, executablePath, address, release] = process.argv.slice(2);

const stands = page => page.evaluate(() => ({
  status: document.querySelector(".standing").textContent.trim(), entries: document.querySelectorAll(".entry").length, fold: document.getElementById("time-table").open,
  focus: document.activeElement.textContent, follows: document.getElementById("state").textContent, pwned: String(window.pwned),
}));

(async () => {
  const browser = await require(playwright).chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  const page = await browser.newPage(), complaints = [], others = [];
  page.on("console", message => complaints.push(message.text()));
  page.on("pageerror", error => complaints.push(error.message));
  page.on("request", request => { if (!request.url().startsWith(address) && !request.url().startsWith("data:")) others.push(request.url()); });
  await page.goto(address);
  await page.locator("#time-table > summary").focus();
  await page.keyboard.press("Enter");
  const before = await stands(page);
  writeFileSync(release, "");
  await page.waitForFunction(() => !document.querySelector(".standing").textContent.includes("running") && document.getElementById("state").textContent === "ended", null, { timeout: 60_000 });
  const after = await stands(page), complained = [...complaints], asked = [...others];
  await page.getByRole("button", { name: "Stop watching" }).click();
  await page.waitForFunction(() => document.body.textContent.includes("The watch has ended"), null, { timeout: 20_000 });
  await browser.close();
  console.log(JSON.stringify({ before, after, complaints: complained, others: asked }));
})().catch(error => { console.error(error); process.exit(1); });
