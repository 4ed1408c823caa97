import { Injectable } from '@nestjs/common'
import { readPlanText } from '@multilogue/shared/plan-text'
import type { EntityManager } from 'typeorm'
import { Projections, type Grown } from '../documents/projection.js'

/** Columns of the tables with their types, as the rows of a plan are written into them. */
const COLUMNS = {
  plan_item: `"order" text, activity text, lead text, partners text[], start date, due date, budget numeric,
    currency text, gender_marker smallint, targets text[], lane_5c text, lane_axis text, recommendations uuid[],
    result_id uuid`,
  plan_result: `"order" text, level text, parent_id uuid, statement text`,
  plan_indicator: `"order" text, result_id uuid, item_id uuid, title text, unit text, baseline text, target text,
    method text, source text, responsible text, frequency text, disaggregation text`,
}

/** Writes what an action plan says into tables, so that lists, search and links are SQL. */
@Injectable()
export class PlanProjection {
  constructor(projections: Projections) {
    projections.onGrown({ name: 'plan', kinds: ['action_plan'], project: (grown) => this.project(grown) })
  }

  private async project({ db, document, doc, no, record }: Grown): Promise<void> {
    const { items, results, indicators } = readPlanText(doc)
    const { id } = document
    const write = (table: keyof typeof COLUMNS, found: object[]) => replace(db, table, id, no, found)
    await write(
      'plan_item',
      items.map((item) => ({
        ...item,
        gender_marker: item.genderMarker,
        lane_5c: item.lanes['5c'],
        lane_axis: item.lanes.axis,
        result_id: item.resultId,
      })),
    )
    await write(
      'plan_result',
      results.map((result) => ({ ...result, parent_id: result.parentId })),
    )
    await write(
      'plan_indicator',
      indicators.map((one) => ({ ...one, result_id: one.resultId, item_id: one.itemId })),
    )
    record('plan.projected', { documentId: id, no })
  }
}

async function replace(
  db: EntityManager,
  table: keyof typeof COLUMNS,
  documentId: string,
  no: number,
  found: object[],
): Promise<void> {
  await db.query(`DELETE FROM ${table} WHERE document_id = $1`, [documentId])
  await db.query(
    `INSERT INTO ${table} (document_id, no, id, problems, ${namesOf(COLUMNS[table])})
     SELECT $1, $2, id, problems, ${namesOf(COLUMNS[table])}
     FROM jsonb_to_recordset($3) AS r(id uuid, problems jsonb, ${COLUMNS[table]})`,
    [documentId, no, JSON.stringify(found)],
  )
}

const namesOf = (columns: string): string =>
  columns
    .split(',')
    .map((column) => column.trim().split(' ')[0])
    .join(', ')
