/** What a column of a table of runs can be. */
export const QUANTITIES = ['N', 'D', 'C', 'x', 'loss', 'weight'] as const;
/** N parameters, D tokens or examples, C FLOPs, x any other size, loss in nats, weight relative. */
export type Quantity = (typeof QUANTITIES)[number];

/** A word for some of the quantities: the name of its column, or its unit. */
export type ColumnNames = Partial<Record<Quantity, string>>;
