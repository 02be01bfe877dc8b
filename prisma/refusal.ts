/**
 * The store cannot be opened as things stand: a wrong secret, a directory in use, a server that is
 * away or too old, migrations that do not fit. The message is for whoever starts the program: it
 * says what is wrong and what to do, and holds no secret.
 */
export class StoreRefusal extends Error {
  override readonly name = "StoreRefusal";
}
