/** Two models of different size learn the same task; their losses, from Node. */
import { create, globals } from 'webgpu';
import { Device, parametersOf, parseSpec, Trainer } from 'scaling-lab/engine';

Object.assign(globalThis, globals);
globalThis.gpu = create([]); // Dawn must outlive what it makes.
const device = await Device.acquire(gpu);

for (const width of [4, 16]) {
  const spec = parseSpec({
    task: { name: 'sine' },
    model: { kind: 'mlp', hidden: [width], activation: 'tanh' },
    learningRate: 0.03,
    steps: 200,
  });
  let loss = NaN;
  const trainer = await Trainer.create(device, spec);
  await trainer.run({ onEvent: (event) => event.kind === 'losses' && (loss = event.losses.at(-1)) });
  trainer.destroy();
  console.log(`${parametersOf(spec)} parameters: loss ${loss.toFixed(4)}`);
}
process.exit(0); // Dawn keeps the process alive.
