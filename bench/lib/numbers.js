/** @returns a whole number above 0 @throws Error that names the option */
export function wholeNumber(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}: ${text} is no whole number above 0`);
  return value;
}
