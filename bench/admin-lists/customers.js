import { customerCodec } from '../../src/storage/mongo/customers/customer.mongo.ts';
import { Records } from '../../src/storage/mongo/rows/records.ts';
import { toStored } from '../../src/storage/mongo/rows/stored-text.ts';
import { randomOf } from './sessions.js';

const AT_ONCE = 2_000;
const SYLLABLES = 'an ber chri da el fre ga han in jo ka lu ma ni ol pe ro sa ti ul vi wal xe yo zo'.split(
  ' ',
);
const nameOf = (i, parts) =>
  Array.from({ length: parts }, (_, part) => SYLLABLES[Math.floor(i / 25 ** part) % 25]).join('');

const COUNTRIES = ['DE', 'DE', 'DE', 'FR', 'AT', 'US', 'PL'];

/** 625 first names and 15,625 last names, none of which is rare. The first ones have the sessions of `sessions.js`. */
export function aCustomer(i) {
  const random = randomOf(i);
  const [firstName, lastName] = [nameOf(i * 7, 2), nameOf(i * 11, 3)];
  const country = COUNTRIES[Math.floor(COUNTRIES.length * random())];
  const address = { id: 'home', tags: ['SHIPPING'], isDefault: true, country, mixins: {} };
  return {
    tenant: 'acme',
    id: `customer-${i}`,
    email: `${firstName}.${lastName}.${i}@shop.test`,
    firstName,
    lastName,
    groups: [],
    addresses:
      random() < 0.5 ? [{ ...address, street: 'Hauptstr. 1', city: 'Berlin', zipCode: '10115' }] : [],
    mixins: {},
    ...(random() < 0.2 && { preferredSite: 'us', preferredCurrency: 'USD', preferredLanguage: 'en' }),
    createdAt: new Date(Date.UTC(2020, 0, 1) + i * 1_000),
    version: 1,
  };
}

export async function fillCustomers(storage, count) {
  const begun = performance.now();
  for (let done = 0; done < count; done += AT_ONCE) {
    const made = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, i) => aCustomer(done + i));
    await store(storage, made);
    if (done % 100_000 === 0) process.stderr.write(`${done} of ${count} customers\n`);
  }
  console.log(`${count} customers, stored in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

/** One call for many rows fills MongoDB several times as fast. */
async function store(storage, made) {
  if (storage.driver !== 'mongo') return Promise.all(made.map((one) => storage.customers.create(one)));
  const records = new Records(undefined, customerCodec);
  const rows = made.map((one) => toStored(records.rowOf(one)));
  const emails = made.map(({ tenant, email, id }) => toStored({ _id: `${tenant}/${email}`, customerId: id }));
  await storage.connection.collection('customers').insertMany(rows, { ordered: false });
  await storage.connection.collection('customer_emails').insertMany(emails, { ordered: false });
}

/** Paths below `/admin/{tenant}/`, and what each asks for. */
export function customerLists(count) {
  let asked = 0;
  const one = () => aCustomer((asked++ * 4_999) % count);
  const list = (query) => `customers?${query}`;
  return {
    'customers, the newest': () => 'customers',
    'customers, a page of 200': () => list('limit=200'),
    'a customer by e-mail': () => list(`email=${one().email}`),
    'customers by a whole e-mail as a prefix': () => list(`q=${one().email}`),
    'customers by a last name': () => list(`q=${one().lastName}`),
    'customers by a first name': () => list(`q=${one().firstName}`),
    'customers by three letters': () => list(`q=${one().lastName.slice(0, 3)}`),
    'customers by one letter': () => list(`q=${one().lastName.slice(0, 1)}`),
    'customers by a beginning that nobody has': () => list(`q=q${asked++}`),
    'one customer': () => `customers/${one().id}`,
  };
}
