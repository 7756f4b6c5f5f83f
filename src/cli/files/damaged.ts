/** A file that is there but is not what it should be: cut, changed, or another's. The message ends "because …". */
export class DamagedError extends Error {
  override name = 'DamagedError';
}
