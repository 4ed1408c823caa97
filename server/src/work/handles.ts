import type { Contract, InputOf, OutputOf } from '@multilogue/shared/contract'
import type { Writing } from './work.js'
import type { FileAnswer } from './file-answer.js'
import type { WrittenAnswer } from './written-answer.js'

/** Where `@Handles` leaves the contract on a service's method. */
export const CONTRACT = Symbol('contract')

export type Handler<C extends Contract = Contract> = (
  work: Writing,
  input: InputOf<C>,
) => Promise<OutputOf<C> | WrittenAnswer | FileAnswer>

/**
 * Marks a service's method as what answers a contract. HTTP route, socket command, parsing, transaction,
 * idempotency and translation of refusals follow from it (see `Dispatcher`), so a service needs no controller.
 */
export const Handles =
  <C extends Contract>(contract: C) =>
  <M extends (work: never, input: InputOf<C>) => Promise<OutputOf<C> | WrittenAnswer | FileAnswer>>(
    _target: object,
    _name: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    if (descriptor.value) Object.defineProperty(descriptor.value, CONTRACT, { value: contract })
  }
