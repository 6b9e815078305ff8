// What is sent to the host of the repository: the files that a save changes, and none that somebody else has changed.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';

import { SOURCE } from '../../../sitegen/admin/adapter/file.mjs';
import { blobName, careful } from '../../../sitegen/admin/adapter/payload.mjs';
import { Session } from '../../../sitegen/admin/adapter/session.mjs';

const base64 = (text) => Buffer.from(text).toString('base64');
const bytes = (text) => new TextEncoder().encode(text);
const HELD = { 'a.md': 'old\n', 'b.md': 'same č\n', 'p.png': 'pixels' };
const GITHUB = 'https://api.github.com/graphql';
const GITLAB = 'https://gitlab.com/api/v4/projects/1/repository/commits';

/**
 * Return [fetch, requests, session]: a host that holds some files, all of which the session has loaded; `theirs` are
 * those that somebody has changed since. `silent` answers no question about them.
 */
function host({ theirs = {}, silent = false } = {}) {
  const requests = [];
  const session = new Session();
  Object.values(HELD).forEach((text) => session.fromFile(text));
  const held = { ...HELD, ...theirs };
  const answer = async (url, options = {}) => {
    requests.push([String(url), options]);
    const body = options.body?.startsWith('{') ? JSON.parse(options.body) : undefined;
    const file = /\/files\/([^?]+)/.exec(String(url))?.[1];
    if (silent && (file || body?.query?.startsWith('query'))) return Response.json({ message: 'Bad credentials' }, { status: 401 });
    if (body?.query?.startsWith('query')) {
      const paths = [...body.query.matchAll(/(f\d+): object\(expression: "head1:([^"]+)"\)/g)];
      const blob = async (text) => text && { oid: await blobName(webcrypto.subtle, bytes(text)), text: text === 'pixels' ? null : text };
      const found = await Promise.all(paths.map(async ([, alias, path]) => [alias, (await blob(held[path])) ?? null]));
      return Response.json({ data: { repository: Object.fromEntries(found) } });
    }
    if (!file) return Response.json({});
    const text = held[decodeURIComponent(file)];
    if (text === undefined) return Response.json({}, { status: 404 });
    const digest = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes(text))).toString('hex');
    return Response.json({ content: base64(text), content_sha256: digest, last_commit_id: `last of ${file}` });
  };
  return [careful(answer, webcrypto.subtle, session, ({ code }) => code), requests, session];
}

const commit = (files, deletions = [], headline = 'Edit page +2') => ({
  method: 'POST', headers: { Authorization: 'token t' },
  body: JSON.stringify({ query: 'mutation …', variables: { input: {
    branch: { repositoryNameWithOwner: 'city/site', branchName: 'main' }, expectedHeadOid: 'head1', message: { headline },
    fileChanges: { additions: Object.entries(files).map(([path, text]) => ({ path, contents: base64(text) })), deletions },
  } } }),
});
const update = (path, content) => ({ action: 'update', file_path: path, content, encoding: 'text' });
const actions = (list, more = {}) => ({ method: 'POST', headers: {}, body: JSON.stringify({ branch: 'main', commit_message: 'Edit page +2', actions: list, ...more }) });
const sent = (requests) => JSON.parse(requests.at(-1)[1].body);
const input = (requests) => sent(requests).variables.input;
const paths = (requests) => input(requests).fileChanges.additions.map(({ path }) => path);
/** Let a session write a page that was loaded with `source`, as the editor does before a commit. */
const written = (session, source, body) => session.toFile({ title: '', body, [SOURCE]: source });

test('git names a file as git does', async () => {
  assert.equal(await blobName(webcrypto.subtle, bytes('hello\n')), 'ce013625030ba8dba906f756967f9e9ca394464a');
});

test('GitHub gets the changed and the new files, and a title that counts them', async () => {
  const [fetch, requests] = host();
  await fetch(GITHUB, commit({ 'a.md': 'new\n', 'b.md': 'same č\n', 'c.md': 'same č\n', 'p.png': 'other' }));
  assert.deepEqual(paths(requests), ['a.md', 'c.md', 'p.png']);
  assert.equal(input(requests).expectedHeadOid, 'head1');
  assert.equal(input(requests).message.headline, 'Edit page +1');
});

test('a pull request has the title of its commit', async () => {
  const [fetch, requests] = host();
  const open = (title) => fetch('https://api.github.com/repos/city/site/pulls', { method: 'POST', body: JSON.stringify({ title, draft: true }) });
  await fetch(GITHUB, commit({ 'a.md': 'new\n', 'b.md': 'same č\n' }, [], 'Edit page +1'));
  await open('Edit page +1');
  assert.deepEqual(sent(requests), { title: 'Edit page', draft: true });
  await open('Edit other +1');
  assert.equal(sent(requests).title, 'Edit other +1');
});

test('without a change the commit goes as it is', async () => {
  const [fetch, requests] = host();
  await fetch(GITHUB, commit({ 'b.md': 'same č\n' }));
  assert.deepEqual(paths(requests), ['b.md']);
  assert.equal(input(requests).message.headline, 'Edit page +2');
});

test('a commit that removes a file may add none', async () => {
  for (const files of [{ 'b.md': 'same č\n' }, {}]) {
    const [fetch, requests] = host();
    await fetch(GITHUB, commit(files, [{ path: 'a.md' }]));
    assert.deepEqual(paths(requests), []);
  }
});

test('GitLab gets the changed and the new files, and what they were changed from', async () => {
  const [fetch, requests] = host();
  const more = { start_branch: 'main', branch: 'cms/pages/a' };
  await fetch(GITLAB, actions([update('a.md', 'new\n'), update('b.md', 'same č\n'), { ...update('c.md', 'same č\n'), action: 'create' }], more));
  assert.deepEqual(sent(requests).actions.map((one) => [one.file_path, one.last_commit_id]), [['a.md', 'last of a.md'], ['c.md', undefined]]);
  assert.equal(sent(requests).commit_message, 'Edit page +1');
  assert.ok(requests[0][0].endsWith('/repository/files/a.md?ref=main'), requests[0][0]);
});

test('a page that somebody else has changed is not overwritten', async () => {
  for (const theirs of [{ 'a.md': 'theirs\n' }, { 'a.md': undefined }]) {
    for (const [url, request] of [[GITHUB, (text) => commit({ 'a.md': text })], [GITLAB, (text) => actions([update('a.md', text)])]]) {
      const [fetch, requests, session] = host({ theirs });
      const answer = await fetch(url, request(written(session, HELD['a.md'], 'mine')));
      assert.equal(answer.status, 409);
      assert.equal((await answer.json()).message, 'moved');
      assert.equal(requests.length, 1);
    }
  }
});

test('a translation that somebody else has changed stays, if it was not edited here', async () => {
  for (const [url, request] of [[GITHUB, (one, other) => commit({ 'a.md': one, 'b.md': other })], [GITLAB, (one, other) => actions([update('a.md', one), update('b.md', other)])]]) {
    const [fetch, requests, session] = host({ theirs: { 'b.md': 'theirs\n' } });
    await fetch(url, request(written(session, HELD['a.md'], 'mine'), written(session, HELD['b.md'], 'same č')));
    assert.deepEqual(url === GITHUB ? paths(requests) : sent(requests).actions.map((one) => one.file_path), ['a.md']);
  }
});

test('what was written here is known: a second save may follow, and may undo the first', async () => {
  const [fetch, requests, session] = host({ theirs: { 'a.md': 'mine\n' } });
  written(session, HELD['a.md'], 'mine');
  await fetch(GITHUB, commit({ 'a.md': written(session, HELD['a.md'], 'old') }));
  assert.deepEqual(paths(requests), ['a.md']);
});

test('a new page takes the place of none', async () => {
  const [fetch, requests, session] = host({ theirs: { 'c.md': 'theirs\n' } });
  const page = session.toFile({ title: 'New', body: 'mine' });
  assert.equal((await fetch(GITHUB, commit({ 'c.md': page }))).status, 409);
  await fetch(GITHUB, commit({ 'd.md': page }));
  assert.deepEqual(paths(requests), ['d.md']);
});

test('where the host gives no answer, nothing is sent, and the editor hears why', async () => {
  for (const [url, request] of [[GITHUB, commit({ 'a.md': 'new\n' })], [GITLAB, actions([update('a.md', 'new\n')])]]) {
    const [fetch, requests] = host({ silent: true });
    const answer = await fetch(url, request);
    assert.equal((await answer.json()).message, 'Bad credentials');
    assert.equal(requests.length, 1);
  }
});

test('other requests are left alone', async () => {
  const [fetch, requests] = host();
  await fetch('config.yml');
  await fetch(GITHUB, { method: 'POST', body: '{"query":"query x"}' });
  await fetch('https://api.github.com/x', { method: 'POST', body: 'not JSON' });
  assert.equal(requests.length, 3);
});
