import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { AnswersOfTurn } from './answers-of-turn.js';

async function fastifyWithTurns() {
  const turns = new AnswersOfTurn();
  const fastify = Fastify();
  fastify.addHook('onSend', (_request, _reply, _payload, done) => turns.add(done));
  fastify.get('/good', () => ({ good: true }));
  fastify.get('/bad', (_request, reply) => reply.header('x-name', 'two\nlines').send({}));
  fastify.setErrorHandler((_error, _request, reply) => reply.removeHeader('x-name').status(500).send({}));
  await fastify.ready();
  return fastify;
}

describe('Answers of one turn of the event loop', () => {
  it('are all sent, those of the next turn too', async () => {
    const fastify = await fastifyWithTurns();
    const statuses = async () =>
      (await Promise.all([1, 2, 3].map(() => fastify.inject('/good')))).map((one) => one.json());
    expect(await statuses()).toEqual([{ good: true }, { good: true }, { good: true }]);
    expect(await statuses()).toEqual([{ good: true }, { good: true }, { good: true }]);
  });

  it('are sent where one before them has a header that Node refuses, which is answered 500', async () => {
    const fastify = await fastifyWithTurns();
    const [bad, good] = await Promise.all([fastify.inject('/bad'), fastify.inject('/good')]);
    expect([bad.statusCode, good.statusCode]).toEqual([500, 200]);
  });

  it('are sent in the order in which they were ready', () => {
    const turns = new AnswersOfTurn();
    const sent: number[] = [];
    return new Promise<void>((resolve) => {
      turns.add(() => sent.push(1));
      turns.add(() => {
        expect([...sent]).toEqual([1]);
        resolve();
      });
      expect(sent).toEqual([]);
    });
  });
});
