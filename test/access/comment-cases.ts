import { addRemark, makeComment, resolveComment, reviseRemark, withdrawRemark } from '@multilogue/shared/comments'
import { DELEGATIONS, FUNCTIONS, kase, PEN, type Case, type Here } from './roles.js'

const ALL = [...DELEGATIONS, ...FUNCTIONS]
const SPEAK_IN_PUBLIC = ALL.filter((who) => who !== 'gha.adviser')
const GHANA = ['gha.head', 'gha.adviser'] as const
const LDCS = ['eth.head'] as const

/** Comments for everybody, for a group and for a delegation alone, in every state that matters. */
export const commentCases = (here: Here): Case[] => [
  kase({ act: makeComment, state: 'to the room', may: ALL, given: () => here.comments.toMake('room') }),
  kase({
    act: makeComment,
    state: 'to the room, on a frozen text',
    may: ALL,
    given: () => here.comments.toMake('room', { mode: 'frozen' }),
  }),
  kase({ act: makeComment, state: 'to the public', may: SPEAK_IN_PUBLIC, given: () => here.comments.toMake('public') }),
  kase({ act: makeComment, state: 'to a group', may: LDCS, given: () => here.comments.toMake('group') }),
  kase({
    act: makeComment,
    state: 'to the own delegation',
    may: DELEGATIONS,
    given: () => here.comments.toMake('delegation'),
  }),
  kase({
    act: makeComment,
    state: "in Ghana's own text",
    may: GHANA,
    hidden: true,
    given: () => here.comments.toMake('delegation', { own: true }),
  }),
  kase({ act: addRemark, state: 'before the room', may: ALL, given: () => here.comments.toAnswer('room') }),
  kase({ act: addRemark, state: 'in a group', may: LDCS, hidden: true, given: () => here.comments.toAnswer('group') }),
  kase({
    act: addRemark,
    state: 'in Ghana alone',
    may: GHANA,
    hidden: true,
    given: () => here.comments.toAnswer('delegation'),
  }),
  kase({ act: reviseRemark, state: "Ghana's head's", may: ['gha.head'], given: () => here.comments.toRevise() }),
  kase({
    act: reviseRemark,
    state: 'withdrawn',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: () => here.comments.toRevise('withdrawn'),
  }),
  kase({ act: withdrawRemark, state: "Ghana's head's", may: ['gha.head'], given: () => here.comments.toWithdraw() }),
  kase({
    act: withdrawRemark,
    state: 'withdrawn',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: () => here.comments.toWithdraw('withdrawn'),
  }),
  kase({
    act: resolveComment,
    state: "Ghana's, before the room",
    may: [...GHANA, ...PEN],
    given: () => here.comments.toResolve('room'),
  }),
  kase({
    act: resolveComment,
    state: "Ghana's, to itself",
    may: GHANA,
    hidden: true,
    given: () => here.comments.toResolve('delegation'),
  }),
  kase({
    act: resolveComment,
    state: 'resolved already',
    may: [],
    entitled: 'gha.head',
    no: 'wrong-state',
    given: () => here.comments.toResolve('room', 'resolved'),
  }),
]
