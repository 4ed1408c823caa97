import { v7, validate } from 'uuid'

/** A new identifier, UUID version 7: its order is the order of making. */
export const newId = (): string => v7()
export const isUuid = (text: string): boolean => validate(text)
