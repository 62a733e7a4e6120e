// The checks that section 8.8 of docs/wire-format.md names, in order. The first that fails ends the list.
import { Malformed } from './wire.mjs';

export class CheckFailed extends Error {
  constructor(check, message) {
    super(message);
    this.check = check;
  }
}

export class Checks {
  #passed = [];

  get passed() {
    return this.#passed.map(name => ({ name, passed: true }));
  }

  /** The check with this name passes if nothing complains; `run` returns a complaint, or throws one that is Malformed. */
  async run(name, run) {
    const complaint = await complaintOf(run);
    if (complaint !== undefined) throw new CheckFailed(name, complaint);
    this.#passed.push(name);
  }
}

async function complaintOf(run) {
  try {
    return await run();
  } catch (failure) {
    if (failure instanceof Malformed) return failure.message;
    throw failure;
  }
}

/** The first complaint about an item of a list; undefined if there is none. */
export async function firstComplaint(items, complaint) {
  for (const item of items) {
    const found = await complaint(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
