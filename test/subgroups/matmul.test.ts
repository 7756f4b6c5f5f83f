import { describe } from 'vitest';
import { productTests } from '../kernels/products.ts';

describe('matmul by subgroups', () => productTests('gpu', ['register', 'subgroup'], ['subgroup']));
