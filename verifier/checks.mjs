// The checks of section 8 of docs/wire-format.md, each by its name and in order. The first that fails ends the list.

export class CheckFailed extends Error {
  constructor(check, message) {
    super(message);
    this.check = check;
  }
}

export class Checks {
  passed = [];

  /** Passes a named check or ends the verification. */
  require(check, holds, message) {
    if (!holds) throw new CheckFailed(check, message);
    if (!this.passed.includes(check)) this.passed.push(check);
  }

  /** The same for one that parses: bytes that are not what the page says fail it. */
  async parse(check, read) {
    try {
      const result = await read();
      this.require(check, true);
      return result;
    } catch (failure) {
      if (failure instanceof CheckFailed || failure.constructor.name !== 'Malformed') throw failure;
      throw new CheckFailed(check, failure.message);
    }
  }
}
