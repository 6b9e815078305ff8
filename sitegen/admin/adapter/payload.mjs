/**
 * A save without the files that it does not change: the editor sends all languages of a page.
 *
 * Before a commit goes out, the host is asked what the files are at the commit that it builds on; files with the same
 * bytes are taken from the payload. If nothing would be left, or the host gives no answer, the commit goes as it is:
 * the host then finds no difference in those files itself.
 */

/** Return a `fetch` that does so for GitHub and GitLab; `digests` is a SubtleCrypto. */
export function withoutUnchanged(fetch, digests) {
  return async (resource, options) => {
    const lean = await leanOptions(fetch, digests, resource, options).catch(() => undefined);
    return fetch(resource, lean ?? options);
  };
}

async function leanOptions(fetch, digests, resource, options) {
  if (options?.method !== 'POST' || typeof options.body !== 'string') return undefined;
  const url = String(resource?.url ?? resource);
  const body = JSON.parse(options.body);
  if (body.variables?.input?.fileChanges?.additions) return leanCommit(fetch, digests, url, options, body);
  if (/\/repository\/commits$/.test(url) && body.actions) return leanActions(fetch, digests, url, options, body);
  return undefined;
}

async function leanCommit(fetch, digests, url, options, body) {
  const { input } = body.variables;
  const { additions } = input.fileChanges;
  const [owner, name] = input.branch.repositoryNameWithOwner.split('/');
  const fields = additions.map(({ path }, at) => `f${at}: object(expression: ${JSON.stringify(`${input.expectedHeadOid}:${path}`)}) { oid }`);
  const query = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`;
  const answer = await fetch(url, { ...options, body: JSON.stringify({ query, variables: { owner, name } }) });
  const { repository } = (await answer.json()).data;
  const same = await Promise.all(
    additions.map(async ({ contents }, at) => repository[`f${at}`]?.oid === (await blobName(digests, bytesOf(contents)))),
  );
  const left = additions.filter((_, at) => !same[at]);
  if (left.length === additions.length || !(left.length + input.fileChanges.deletions.length)) return undefined;
  input.fileChanges.additions = left;
  return { ...options, body: JSON.stringify(body) };
}

async function leanActions(fetch, digests, url, options, body) {
  const files = url.replace(/\/commits$/, '/files');
  const same = await Promise.all(
    body.actions.map(async ({ action, encoding, content, file_path: path }) => {
      if (action !== 'update' || encoding !== 'text') return false;
      const answer = await fetch(`${files}/${encodeURIComponent(path)}?ref=${encodeURIComponent(body.branch)}`, { headers: options.headers });
      return answer.ok && (await answer.json()).content_sha256 === (await hex(digests, 'SHA-256', new TextEncoder().encode(content)));
    }),
  );
  const left = body.actions.filter((_, at) => !same[at]);
  if (left.length === body.actions.length || !left.length) return undefined;
  return { ...options, body: JSON.stringify({ ...body, actions: left }) };
}

/** Return the name that git gives to a file with these bytes. */
export async function blobName(digests, bytes) {
  const start = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = new Uint8Array(start.length + bytes.length);
  whole.set(start);
  whole.set(bytes, start.length);
  return hex(digests, 'SHA-1', whole);
}

async function hex(digests, algorithm, bytes) {
  const digest = new Uint8Array(await digests.digest(algorithm, bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
