import { chromium } from '@playwright/test';
import { findChromium } from '../support/chromium.mjs';
import { round, type Value } from './measure';

/** How long the list is scrolled, and how far in a second: as fast as a hand turns a wheel. */
const SECONDS = 6;
const PIXELS_A_SECOND = 4_000;

/** Scrolls the customer list of a running host in Chromium and looks at the time between its frames. */
export async function scrolling(url: string, login: string, password: string): Promise<Value[]> {
  const found = findChromium();
  if ('problem' in found) throw new Error(found.problem);
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'pl-PL' });
    await page.goto(url);
    await page.getByRole('textbox', { name: 'Login' }).fill(login);
    await page.getByRole('textbox', { name: 'Hasło' }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Nawigacja główna' }).getByRole('link', { name: 'Klienci' }).click();
    const list = page.getByRole('grid').or(page.getByRole('table')).first();
    await list.getByRole('row').nth(10).waitFor();
    const box = await list.boundingBox();
    if (!box) throw new Error('the list is not to be seen');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const idle = await frames(page, 0);
    const frameTimes = await frames(page, PIXELS_A_SECOND);
    const depth = await list.evaluate((element) => {
      const scrolled = [element, ...element.querySelectorAll('*')].find(({ scrollTop }) => scrollTop > 0);
      return scrolled?.scrollTop ?? 0;
    });
    if (depth < 1_000) throw new Error('the list did not scroll');
    return [
      { what: 'frame without scrolling, longest', value: round(Math.max(...idle)), unit: 'ms' },
      { what: 'frame while scrolling, median', value: round(median(frameTimes)), unit: 'ms' },
      { what: 'frame while scrolling, longest', value: round(Math.max(...frameTimes)), unit: 'ms', goal: 50 },
      { what: 'scrolled', value: Math.round(depth), unit: 'px' },
    ];
  } finally {
    await browser.close();
  }
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>['newPage']>>;

/** Milliseconds between frames while the wheel turns. */
async function frames(page: Page, pixelsASecond: number): Promise<number[]> {
  const measured = page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const end = performance.now() + ms;
        let last = performance.now();
        const frame = (now: number) => {
          times.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(frame);
          else resolve(times.slice(2));
        };
        requestAnimationFrame(frame);
      }),
    SECONDS * 1000,
  );
  const steps = SECONDS * 30;
  for (let step = 0; step < steps && pixelsASecond > 0; step++) {
    await page.mouse.wheel(0, pixelsASecond / 30);
    await new Promise((resolve) => setTimeout(resolve, 1000 / 30));
  }
  return measured;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
