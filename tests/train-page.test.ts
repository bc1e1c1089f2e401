import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { renderHtml } from '../lib/train/html.ts';
import type { TrainReport } from '../lib/train/report.ts';
import { sampleBranches, sampleTrain } from './support/sample-train.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const browser = names.find((name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0);
const skip =
  browser === undefined ? `no Chromium here (${names.join(', ')}): install one to look at the page` : false;

interface Found {
  wide: string[];
  pale: string[];
  outside: string[];
  tiny: string[];
  resources: number;
  texts: number;
}

/** Runs inside the page, which itself has no script. */
const measure = readFileSync(new URL('./support/measure-page.mjs', import.meta.url), 'utf8');

describe('the page in a real browser', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const requests: string[] = [];
  let page = '';
  const script = `<script>addEventListener('load',()=>{${measure};const found=measure();const out=parent.document.createElement('pre');out.id='found';out.textContent=JSON.stringify(found);parent.document.body.append(out)})</script>`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/frame') requests.push(url.pathname);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const frame = `<!doctype html><link rel="icon" href="data:,"><body style="margin:0"><iframe src="/" style="border:0;width:${url.searchParams.get('width')}px;height:900px"></iframe>`;
    response.end(url.pathname === '/frame' ? frame : page.replace('</body>', `${script}</body>`));
  });
  before(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function look(report: TrainReport, width: number, scheme: 'light' | 'dark'): Promise<Found> {
    page = renderHtml(report);
    requests.length = 0;
    const { port } = server.address() as { port: number };
    const { stdout } = await promisify(execFile)(
      browser as string,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--blink-settings=preferredColorScheme=${scheme === 'dark' ? 0 : 1}`,
        `--user-data-dir=${mkdtempSync(join(folder, 'profile-'))}`,
        `--window-size=${width + 100},1000`,
        '--virtual-time-budget=4000',
        '--dump-dom',
        `http://127.0.0.1:${port}/frame?width=${width}`,
      ],
      { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
    );
    const text = /<pre id="found">([\s\S]*?)<\/pre>/.exec(stdout)?.[1] ?? 'null';
    return JSON.parse(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
  }

  for (const width of [390, 1280, 1920]) {
    for (const scheme of ['light', 'dark'] as const) {
      test(`${width} wide, ${scheme}: nothing sticks out, all can be read, nothing is fetched`, async () => {
        const found = await look(sampleTrain(), width, scheme);
        assert.deepEqual([found.wide, found.pale, found.outside, found.tiny], [[], [], [], []]);
        assert.ok(found.texts > 40, `${found.texts} texts`);
        assert.equal(found.resources, 0);
        assert.deepEqual(requests, ['/']);
      });
    }
  }

  for (const [name, report] of [
    ['ten stations of all kinds', sampleTrain()],
    ['ten branches', sampleBranches(10)],
  ] as const) {
    test(`${name} print on one page`, async () => {
      page = renderHtml(report);
      const { port } = server.address() as { port: number };
      const file = join(folder, 'page.pdf');
      const print = ['--no-pdf-header-footer', `--print-to-pdf=${file}`, `http://127.0.0.1:${port}/`];
      const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
      const profile = `--user-data-dir=${mkdtempSync(join(folder, 'profile-'))}`;
      await promisify(execFile)(browser as string, [...quiet, profile, ...print], { timeout: 60_000 });
      const pages = readFileSync(file, 'latin1').match(/\/Type\s*\/Page[^s]/g) ?? [];
      assert.equal(pages.length, 1);
    });
  }

  for (const [name, report] of [
    ['two hundred stations', sampleTrain({ tenants: 160, repositories: 36 })],
    ['ten branches', sampleBranches(10)],
    ['two hundred branches', sampleBranches(200)],
  ] as const) {
    test(`${name} stay readable, in light and dark`, async () => {
      for (const [width, scheme] of [
        [390, 'light'],
        [390, 'dark'],
        [1280, 'light'],
        [1920, 'dark'],
      ] as const) {
        const found = await look(report, width, scheme);
        assert.deepEqual([found.wide, found.pale, found.outside, found.tiny], [[], [], [], []]);
      }
    });
  }
});
