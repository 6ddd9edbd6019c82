export { serveConsole } from './console-page.js';
export { ConsoleModule } from './console.module.js';
