import { describe, expect, it } from '@jest/globals'
import type { Recommendation, Response } from '@multilogue/shared/recommendations'
import {
  filtersIn,
  narrow,
  NO_FILTERS,
  queryOf,
  type Filters,
} from '../../client/src/lib/rooms/recommendations/filters.js'

type Given = Partial<Omit<Recommendation, 'addressees'>> & {
  code?: string
  response?: Response
}
const one = ({ code = 'GHA', response = 'pending', ...given }: Given): Recommendation => ({
  ...{ id: '', roundId: '', roundNumber: 3, number: 1, title: '', action: '', rationale: '', force: 'voluntary' },
  ...{ priority: null, owner: '', dueOn: null, measure: '', sdgTargets: [], language: 'en', dir: 'ltr' },
  ...{ state: 'adopted', status: 'not_started', missing: [], flags: [], quote: '', succeeded: null, replaces: [] },
  ...{ source: { kind: 'own', fileName: null, row: null }, createdAt: '', revision: 1, may: [], ...given },
  addressees: [
    {
      ...{ delegationId: '', code, name: code, response, responseText: '', respondedAt: null },
      ...{ status: 'not_started', assurance: 'none', statusAt: null, flags: [], may: [] },
    },
  ],
})

const LIST = [
  one({ number: 1, priority: 'high', sdgTargets: ['9.b', '17.6'], response: 'supported' }),
  one({ number: 2, force: 'binding', sdgTargets: ['1.4'], code: 'MAR', response: 'noted' }),
  one({ number: 3, state: 'proposed', source: { kind: 'file', fileName: 'a.csv', row: 2 }, title: 'One survey' }),
  one({ number: 4, flags: ['overdue'], owner: 'Ministry of Surveys' }),
  one({ number: 5, response: 'supported_in_part' }),
]
const shown = (given: Partial<Filters>) => narrow(LIST, { ...NO_FILTERS, ...given }).map(({ number }) => number)

describe('Filters of the register', () => {
  it.each<[Partial<Filters>, number[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ priority: 'high' }, [1]],
    [{ force: 'binding' }, [2]],
    [{ goal: '1' }, [2]],
    [{ goal: '17' }, [1]],
    [{ response: 'noted' }, [2]],
    [{ response: 'supported' }, [1]],
    [{ response: 'supported_in_part' }, [5]],
    [{ response: 'pending' }, [4]],
    [{ source: 'file' }, [3]],
    [{ stage: 'proposed' }, [3]],
    [{ flag: 'overdue' }, [4]],
    [{ addressee: 'MAR' }, [2]],
    [{ text: ' SURVEY ' }, [3, 4]],
    [{ text: 'survey', stage: 'proposed' }, [3]],
    [{ goal: '9', force: 'binding' }, []],
  ])('[REG-21] %j shows %j', (given, numbers) => {
    expect(shown(given)).toEqual(numbers)
  })

  it('[REG-22] stand in the address and are read from it again; what does not exist is passed over', () => {
    const filters: Filters = { ...NO_FILTERS, stage: 'in_progress', goal: '9', text: 'a & b', source: 'paragraph' }
    const query = queryOf(filters)
    expect(query).toBe('?text=a+%26+b&status=in_progress&goal=9&source=paragraph')
    expect(filtersIn(new URLSearchParams(query))).toEqual(filters)
    expect(queryOf(NO_FILTERS)).toBe('')
    expect(filtersIn(new URLSearchParams('status=x&goal=18&force=&priority=HIGH&source=own'))).toEqual({
      ...NO_FILTERS,
      source: 'own',
    })
  })
})
