/** Tells the benchmark where a program listens, and ends it with the benchmark. @param {string} url */
export function serve(url) {
  process.send?.(url);
  process.once('disconnect', () => process.exit(0));
}
