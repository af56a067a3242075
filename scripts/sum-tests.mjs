// Adds up the .trx files of a directory. Further arguments are checks that failed; each counts
// as one failure. The last line printed is "N passed, N failed" or "N passed, N failed, N skipped".
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [directory, ...failedChecks] = process.argv.slice(2);
if (!directory) {
  console.error('usage: node sum-tests.mjs DIRECTORY [FAILED-CHECK...]');
  process.exit(2);
}

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const plain = text =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex || decimal ? String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10)) : entities[name] ?? whole);
const indented = (text, lines) =>
  text.trim().split('\n').slice(0, lines).map(line => `      ${line.trimEnd()}`).join('\n');

let passed = 0;
const failures = failedChecks.map(name => ({ name, reason: '' }));
const skips = [];

for (const file of readdirSync(directory).filter(name => name.endsWith('.trx')).sort()) {
  const project = file.slice(0, -'.trx'.length);
  const text = readFileSync(join(directory, file), 'utf8');
  for (const [, attributes, body = ''] of text.matchAll(/<UnitTestResult\b((?:[^>"]|"[^"]*")*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const attribute = name => plain(attributes.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '');
    const outcome = attribute('outcome');
    if (outcome === 'Passed') {
      passed++;
      continue;
    }
    const message = plain(body.match(/<Message>([\s\S]*?)<\/Message>/)?.[1] ?? '');
    const trace = plain(body.match(/<StackTrace>([\s\S]*?)<\/StackTrace>/)?.[1] ?? '');
    const name = `${project}: ${attribute('testName')}`;
    if (outcome === 'NotExecuted') {
      skips.push({ name, reason: indented(message || 'no reason given', 5) });
    } else {
      failures.push({ name, reason: [indented(message || outcome, 12), indented(trace, 4)].join('\n') });
    }
  }
}

for (const [title, list] of [['Skipped', skips], ['Failed', failures]]) {
  if (list.length === 0) continue;
  console.log(`\n${title}:`);
  for (const { name, reason } of list) {
    console.log(`  - ${name}`);
    if (reason.trim()) console.log(reason.trimEnd());
  }
}

const ci = process.env.CI === 'true';
if (ci && skips.length > 0) console.log('\nCI=true: no test may be skipped here; the run has failed.');
if (passed + failures.length + skips.length === 0) console.log('\nNo test was run.');
console.log('');
console.log(`${passed} passed, ${failures.length} failed${skips.length > 0 ? `, ${skips.length} skipped` : ''}`);
process.exit(failures.length > 0 || passed + skips.length === 0 || (ci && skips.length > 0) ? 1 : 0);
