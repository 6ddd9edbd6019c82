import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import { MongoStore } from 'connect-mongo';
import Fastify from 'fastify';
import { serve } from './serve.js';

/** The same on Fastify. */
const app = Fastify();
await app.register(fastifyCookie);
await app.register(fastifySession, {
  secret: 'of the benchmark only, of 32 characters and more',
  cookie: { secure: false },
  saveUninitialized: false,
  rolling: false,
  store: MongoStore.create({
    mongoUrl: process.env.MONGODB_URI,
    dbName: 'fastify-session',
    mongoOptions: { writeConcern: { w: 'majority', journal: true } },
  }),
});
app.get('/new', async ({ session }) => {
  session.currency = 'EUR';
  session.siteCode = 'main';
  return { sessionId: session.sessionId };
});
app.get('/own', async ({ session }, reply) => {
  const { currency, siteCode, attributes } = session;
  return reply
    .status(currency ? 200 : 404)
    .send({ sessionId: session.sessionId, currency, siteCode, attributes });
});
app.post('/attributes', async ({ session, body: { key, value } }, reply) => {
  if (!session.currency) return reply.status(404).send({});
  session.attributes = { ...session.attributes, [key]: value };
  return reply.status(201).send(JSON.stringify(key));
});
serve(await app.listen({ port: 0, host: '127.0.0.1' }));
