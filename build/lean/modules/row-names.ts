/** No figure has rows. */
export const rowNames = <Axis>(axis: Axis): Axis => axis;
export const aroundRows = <Range>(x: Range): { x: Range; y: Range } => ({ x, y: x });
