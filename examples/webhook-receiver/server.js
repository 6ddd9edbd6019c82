import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const { PORT = '4001', WEBHOOK_SECRET = '' } = process.env;
const LONGEST_BODY = 262_144;
const MOST_REMEMBERED = 10_000;

const webhook = new Webhook(WEBHOOK_SECRET);

/** Ids of the latest events. A real receiver keeps them in its database, in one transaction with what it does. */
const seen = new Set();

async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** What this receiver is for: it prints each event once. */
function handle({ id, type, subject, sequence, data }) {
  if (seen.has(id)) return;
  process.stdout.write(`${JSON.stringify({ type, subject, sequence, data })}\n`);
  seen.add(id);
  if (seen.size > MOST_REMEMBERED) seen.delete(seen.values().next().value);
}

createServer(async (request, response) => {
  try {
    // Refuses a wrong signature, and a timestamp that is more than five minutes away.
    const event = webhook.verify(await bodyOf(request), request.headers);
    handle(event);
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
}).listen(Number(PORT), '127.0.0.1', () => process.stdout.write('listening\n'));
