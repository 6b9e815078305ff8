// What is sent to the host of the repository: the files that a save changes, and no others.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';

import { blobName, withoutUnchanged } from '../../../sitegen/admin/adapter/payload.mjs';

const base64 = (text) => Buffer.from(text).toString('base64');
const bytes = (text) => new TextEncoder().encode(text);
const HELD = { 'a.md': 'old\n', 'b.md': 'same č\n' };

/** Return [fetch, requests]: a host that holds some files; `broken` gives no answer to questions. */
function host({ broken = false } = {}) {
  const requests = [];
  const answer = async (url, options = {}) => {
    requests.push([String(url), options]);
    const body = options.body?.startsWith('{') ? JSON.parse(options.body) : undefined;
    if (broken && !body?.variables?.input && !body?.actions) throw new TypeError('offline');
    if (body?.query?.startsWith('query')) {
      const paths = [...body.query.matchAll(/(f\d+): object\(expression: "head1:([^"]+)"\)/g)];
      const found = await Promise.all(paths.map(async ([, alias, path]) => [alias, path in HELD ? { oid: await blobName(webcrypto.subtle, bytes(HELD[path])) } : null]));
      return { json: async () => ({ data: { repository: Object.fromEntries(found) } }) };
    }
    const file = /\/files\/([^?]+)/.exec(String(url))?.[1];
    const content = file && HELD[decodeURIComponent(file)];
    const digest = content && Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes(content))).toString('hex');
    return { ok: Boolean(content), json: async () => ({ content_sha256: digest }) };
  };
  return [withoutUnchanged(answer, webcrypto.subtle), requests];
}

const commit = (files, deletions = []) => ({
  method: 'POST', headers: { Authorization: 'token t' },
  body: JSON.stringify({ query: 'mutation …', variables: { input: {
    branch: { repositoryNameWithOwner: 'city/site', branchName: 'main' }, expectedHeadOid: 'head1',
    fileChanges: { additions: Object.entries(files).map(([path, text]) => ({ path, contents: base64(text) })), deletions },
  } } }),
});
const sent = (requests) => JSON.parse(requests.at(-1)[1].body);
const paths = (requests) => sent(requests).variables.input.fileChanges.additions.map(({ path }) => path);

test('git names a file as git does', async () => {
  assert.equal(await blobName(webcrypto.subtle, bytes('hello\n')), 'ce013625030ba8dba906f756967f9e9ca394464a');
});

test('GitHub gets the changed and the new files', async () => {
  const [fetch, requests] = host();
  await fetch('https://api.github.com/graphql', commit({ 'a.md': 'new\n', 'b.md': 'same č\n', 'c.md': 'same č\n' }));
  assert.deepEqual(paths(requests), ['a.md', 'c.md']);
  assert.equal(sent(requests).variables.input.expectedHeadOid, 'head1');
});

test('without a change, or without an answer, the commit goes as it is', async () => {
  for (const [files, options] of [[{ 'b.md': 'same č\n' }, {}], [{ 'a.md': 'new\n', 'b.md': 'same č\n' }, { broken: true }]]) {
    const [fetch, requests] = host(options);
    await fetch('https://api.github.com/graphql', commit(files));
    assert.deepEqual(paths(requests), Object.keys(files));
  }
});

test('a commit that removes a file may add none', async () => {
  const [fetch, requests] = host();
  await fetch('https://api.github.com/graphql', commit({ 'b.md': 'same č\n' }, [{ path: 'a.md' }]));
  assert.deepEqual(paths(requests), []);
});

test('GitLab gets the changed and the new files', async () => {
  const [fetch, requests] = host();
  const action = (kind, path, content) => ({ action: kind, file_path: path, content, encoding: 'text' });
  const actions = [action('update', 'a.md', 'new\n'), action('update', 'b.md', 'same č\n'), action('create', 'c.md', 'same č\n')];
  await fetch('https://gitlab.com/api/v4/projects/1/repository/commits', { method: 'POST', headers: {}, body: JSON.stringify({ branch: 'main', actions }) });
  assert.deepEqual(sent(requests).actions.map((one) => one.file_path), ['a.md', 'c.md']);
});

test('other requests are left alone', async () => {
  const [fetch, requests] = host();
  await fetch('config.yml');
  await fetch('https://api.github.com/graphql', { method: 'POST', body: '{"query":"query x"}' });
  await fetch('https://api.github.com/x', { method: 'POST', body: 'not JSON' });
  assert.equal(requests.length, 3);
});
