/** What all products by tiles in workgroup memory have in common. */
import blockCode from '../../shaders/matmul_block.wgsl?raw';
import onePart from '../../shaders/matmul_one_part.wgsl?raw';
import plainRows from '../../shaders/matmul_rows_plain.wgsl?raw';
import tiledCode from '../../shaders/matmul_tiled.wgsl?raw';

export const TILED = { kernel: 'tiled', parts: [blockCode, tiledCode, onePart], rows: plainRows };
