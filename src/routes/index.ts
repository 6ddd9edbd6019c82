export { declaredRoutes } from './declared-routes.js';
export { describeRoute } from './described-routes.js';
export { callHandlersDirectly } from './direct-handlers.js';
export { callersOf } from './route-words.rules.js';
export type { Route } from './route.types.js';
