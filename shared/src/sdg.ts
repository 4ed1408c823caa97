/** The number of a target of the Sustainable Development Goals: goal and target, `9.b`. */
export const SDG_TARGET = /^(1[0-7]|[1-9])\.([0-9]{1,2}|[a-d])$/
