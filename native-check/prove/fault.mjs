/**
 * Faults that end a proof, each with the exit status it means: 64 usage, 69 a tool is missing, 70 no result.
 */

export class Fault extends Error {
  constructor(exit, message) {
    super(message);
    this.exit = exit;
  }
}
