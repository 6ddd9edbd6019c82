import Fastify from 'fastify';
import { serve } from './serve.js';

/** The baseline: a route that answers a constant. */
const app = Fastify();
app.get('/hello', async () => ({ hello: 'world' }));
serve(await app.listen({ port: 0, host: '127.0.0.1' }));
