/** One request of the preparation. @throws Error with status and body, when it was refused */
export async function ask(url, { path, ...request }) {
  const answer = await fetch(url + path, request);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return { status: answer.status, text, json: parsed(text), cookies: cookiesOf(answer) };
}

/**
 * Calls `work` this many times, `atOnce` in parallel.
 * @template T
 * @param {(i: number) => Promise<T>} work
 * @returns {Promise<T[]>}
 */
export async function many(count, work, atOnce = 32) {
  const results = Array.from({ length: count });
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < count; i = next++) results[i] = await work(i);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return results;
}

export const json = (value, headers = {}) => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const cookiesOf = (answer) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
