/**
 * The next process of `npm run dev`. It loads the libraries while the developer still types: they are most of what a
 * start takes. The first message names them, the second the program.
 */
type Message = { readonly libraries: readonly string[] } | { readonly program: string };

process.on('message', (message: Message) => {
  if ('libraries' in message) void Promise.allSettled(message.libraries.map((library) => import(library)));
  else {
    process.disconnect();
    void import(message.program);
  }
});
