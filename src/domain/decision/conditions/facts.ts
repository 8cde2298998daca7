import { DriftStatusError } from '../../errors.js'
import { type PageAddress, readPageAddress } from './page-address.js'

export type Fact = string | number | boolean

/** What is known of a visitor. */
export interface Visitor {
  readonly page?: PageAddress | undefined
  /** By dotted name, e.g. `company.size`; `account.owner` names the account owner. */
  readonly attributes: Readonly<Record<string, Fact>>
}

/** What somebody says of a visitor. */
export interface VisitorFacts {
  /** The address of the page, or its path. */
  readonly url?: string | undefined
  readonly attributes?: Readonly<Record<string, Fact>> | undefined
}

export const ANYONE: Visitor = { attributes: {} }

/** The fact that conditions know the visitor's page by. */
export const PAGE_FACT = 'url'

/**
 * Reads what somebody says of a visitor.
 * @throws DriftStatusError (invalid-input) for an address that no page has, or a page given as an attribute
 */
export function visitorOf({ url, attributes = {} }: VisitorFacts): Visitor {
  if (Object.hasOwn(attributes, PAGE_FACT)) {
    throw new DriftStatusError('invalid-input', `"${PAGE_FACT}" is the page the visitor is on, not an attribute`, {
      hint: 'give the page as "url", not among the attributes',
    })
  }
  return url === undefined ? { attributes } : { page: readPageAddress(url), attributes }
}

/** What is known of one attribute; nothing that every object has, such as `toString`. */
export function factOf({ attributes }: Visitor, attribute: string): Fact | undefined {
  return Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined
}

/**
 * A number as people and documents write it; NaN, which no comparison admits, for any other text.
 * @example readNumber(' 1e3 ') // 1000
 */
export function readNumber(text: string): number {
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN
}
