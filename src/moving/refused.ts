/** A move can't begin or go on. The message tells the operator what to do. */
export class MovingRefused extends Error {}
