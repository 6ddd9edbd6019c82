import { MongoStore } from 'connect-mongo';
import express from 'express';
import session from 'express-session';
import { serve } from './serve.js';

/** Sessions as most Express shops keep them: one document each, saved at the end of a request that changed it. */
const app = express();
app.use(express.json());
app.use(
  session({
    secret: 'of the benchmark only',
    resave: false,
    saveUninitialized: false,
    store: MongoStore.create({
      mongoUrl: process.env.MONGODB_URI,
      dbName: 'express-session',
      // As durable as the service: confirmed by a majority, and journaled.
      mongoOptions: { writeConcern: { w: 'majority', journal: true } },
    }),
  }),
);
app.get('/new', (request, response) => {
  request.session.currency = 'EUR';
  request.session.siteCode = 'main';
  response.json({ sessionId: request.sessionID });
});
app.get('/own', (request, response) => {
  const { currency, siteCode, attributes } = request.session;
  response
    .status(currency ? 200 : 404)
    .json({ sessionId: request.sessionID, currency, siteCode, attributes });
});
app.post('/attributes', (request, response) => {
  const { key, value } = request.body;
  if (!request.session.currency) return void response.status(404).json({});
  request.session.attributes = { ...request.session.attributes, [key]: value };
  // express-session saves before the last byte is sent.
  response.status(201).json(key);
});
const server = app.listen(0, '127.0.0.1', () => serve(`http://127.0.0.1:${server.address().port}`));
