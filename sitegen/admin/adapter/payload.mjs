/**
 * What a save sends to the host of the sources: the files that it changes, if nobody else has changed them meanwhile.
 *
 * The editor sends all languages of a page, and looks for changes of other people only where it commits to the branch
 * of the site. Before a commit goes out, the host is asked what the files are that it would replace. Files with the
 * same bytes, and pages that were not edited, are taken from the payload. A page of which the session does not know
 * what the host holds is not overwritten. If the host gives no answer, the editor gets what it said.
 */

import { Refusal } from './refusal.mjs';

/** Return a `fetch` that does so for GitHub and GitLab; `digests` is a SubtleCrypto, `say` puts a Refusal into words. */
export function careful(fetch, digests, session, say) {
  const titles = new Map(); // of commits: as the editor wrote them → as they were sent
  return async (resource, options) => {
    const url = String(resource?.url ?? resource);
    const body = bodyOf(options);
    const send = (changed) => fetch(resource, { ...options, body: JSON.stringify(changed) });
    const lean = leanOf(url, body);
    try {
      if (lean) return await send(await lean({ fetch, digests, session, titles }, url, options, body));
    } catch (error) {
      if (error instanceof NoAnswer) return error.answer;
      if (!(error instanceof Refusal)) throw error;
      const message = say(error);
      return new Response(JSON.stringify({ message, errors: [{ message }] }), { status: 409 });
    }
    const old = /\/(?:pulls|merge_requests)$/.test(url) && [...titles.keys()].find((title) => body?.title?.endsWith(title));
    return old ? send({ ...body, title: body.title.slice(0, -old.length) + titles.get(old) }) : fetch(resource, options);
  };
}

/** The host has not said what it holds. */
class NoAnswer extends Error {
  constructor(answer) {
    super('no answer');
    this.answer = answer;
  }
}

function bodyOf(options) {
  if (options?.method !== 'POST' || typeof options.body !== 'string') return undefined;
  try {
    return JSON.parse(options.body);
  } catch {
    return undefined;
  }
}

/** Return the function that makes this commit lean; nothing if it is none, or only removes files. */
function leanOf(url, body) {
  if (body?.variables?.input?.fileChanges?.additions?.length) return leanCommit;
  return /\/repository\/commits$/.test(url) && body?.actions ? leanActions : undefined;
}

async function leanCommit({ fetch, digests, session, titles }, url, options, body) {
  const { input } = body.variables;
  const { additions, deletions } = input.fileChanges;
  const [owner, name] = input.branch.repositoryNameWithOwner.split('/');
  const fields = additions.map(({ path }, at) => `f${at}: object(expression: ${JSON.stringify(`${input.expectedHeadOid}:${path}`)}) { oid ... on Blob { text } }`);
  const query = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`;
  const answer = await fetch(url, { ...options, body: JSON.stringify({ query, variables: { owner, name } }) });
  const repository = (await answer.clone().json().catch(() => undefined))?.data?.repository;
  if (!repository) throw new NoAnswer(answer);
  const wanted = await Promise.all(additions.map(async ({ path, contents }, at) => {
    const held = repository[`f${at}`];
    const bytes = bytesOf(contents);
    if (held?.oid === (await blobName(digests, bytes))) return false;
    return !isPage(path) || session.mustSend(new TextDecoder().decode(bytes), held?.text ?? undefined);
  }));
  const left = additions.filter((_, at) => wanted[at]);
  if (!(left.length + deletions.length)) return body;
  const headline = shortened(titles, input.message?.headline, additions.length - left.length);
  return { ...body, variables: { ...body.variables, input: { ...input, fileChanges: { additions: left, deletions }, ...(headline && { message: { ...input.message, headline } }) } } };
}

async function leanActions({ fetch, digests, session, titles }, url, options, body) {
  const files = url.replace(/\/commits$/, '/files');
  const ref = encodeURIComponent(body.start_branch ?? body.branch); // a new branch begins as the other one is
  const actions = await Promise.all(body.actions.map(async (action) => {
    if (action.action !== 'update' || action.encoding !== 'text') return action;
    const answer = await fetch(`${files}/${encodeURIComponent(action.file_path)}?ref=${ref}`, { headers: options.headers });
    if (!answer.ok && answer.status !== 404) throw new NoAnswer(answer);
    const held = answer.ok ? await answer.json() : undefined;
    if (held?.content_sha256 === (await hex(digests, 'SHA-256', new TextEncoder().encode(action.content)))) return undefined;
    const text = held && new TextDecoder().decode(bytesOf(held.content));
    if (isPage(action.file_path) && !session.mustSend(action.content, text)) return undefined;
    return held ? { ...action, last_commit_id: held.last_commit_id } : action; // GitLab refuses if it has moved since
  }));
  const left = actions.filter(Boolean);
  if (!left.length) return body;
  return { ...body, actions: left, commit_message: shortened(titles, body.commit_message, actions.length - left.length) };
}

/** Return the title of a commit with the number of files that are left, and remember it: `Edit a +2`. */
function shortened(titles, title, gone) {
  const short = title?.replace(/ \+(\d+)$/, (_, more) => (more > gone ? ` +${more - gone}` : ''));
  if (gone && short !== title) titles.set(title, short);
  return gone ? short : title;
}

function isPage(path) {
  return path.endsWith('.md');
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
