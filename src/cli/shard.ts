/** Which part of a sweep this program does: as it is said, or as the cluster says that started it. */
import { UsageError } from './arguments.ts';

/** The how manieth part, from 1, of how many. */
export interface Shard {
  index: number;
  of: number;
  /** what has said so, where it was not the command line */
  from?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A cluster's own variables: for the place of a task, from 0, and for the number of tasks. */
interface Cluster {
  name: string;
  /** that it is this one */
  place: string;
  count: string;
  /** the place of the first, and how far the next is from it */
  first?: string;
  step?: string;
  /** how the number of tasks comes to be known */
  remedy: string;
}

const CLUSTERS: readonly Cluster[] = [
  {
    name: 'Slurm',
    place: 'SLURM_ARRAY_TASK_ID',
    count: 'SLURM_ARRAY_TASK_COUNT',
    first: 'SLURM_ARRAY_TASK_MIN',
    step: 'SLURM_ARRAY_TASK_STEP',
    remedy: 'submit an array, such as sbatch --array=1-8',
  },
  {
    name: 'Kubernetes',
    place: 'JOB_COMPLETION_INDEX',
    count: 'JOB_COMPLETIONS',
    remedy:
      'Kubernetes tells a task its place only; set JOB_COMPLETIONS in the manifest to the value of completions',
  },
  {
    name: 'SkyPilot',
    place: 'SKYPILOT_JOB_RANK',
    count: 'SKYPILOT_NUM_JOBS',
    remedy: 'submit several jobs at once, such as sky jobs launch --num-jobs 8',
  },
];

/** `2/8`, or `auto`. @throws UsageError */
export function readShard(text: string, environment: Environment = process.env): Shard {
  if (text === 'auto') return shardOf(environment);
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!index || !of || index > of) {
    throw new UsageError(
      `--shard: must be i/n with i from 1 to n, such as 2/8, or auto on a cluster, not "${text}"`,
    );
  }
  return { index, of };
}

function shardOf(environment: Environment): Shard {
  const cluster = CLUSTERS.find(({ place }) => environment[place] !== undefined);
  if (!cluster) {
    const looked = CLUSTERS.map(({ name, place }) => `${name} (${place})`).join(', ');
    throw new UsageError(`--shard auto: no variable of ${looked} is set; say the part itself, such as 2/8`);
  }
  const number = (variable: string, usual?: number): number => {
    const said = environment[variable];
    if (said === undefined && usual !== undefined) return usual;
    if (said === undefined) throw new UsageError(`--shard auto: ${variable} is missing; ${cluster.remedy}`);
    if (!/^\d{1,9}$/.test(said))
      throw new UsageError(`--shard auto: ${variable} is no number: "${said.slice(0, 40)}"`);
    return Number(said);
  };
  const { first, step } = cluster;
  const of = number(cluster.count);
  const index = (number(cluster.place) - (first ? number(first, 0) : 0)) / (step ? number(step, 1) : 1) + 1;
  if (!Number.isInteger(index) || index < 1 || index > of) {
    throw new UsageError(
      `--shard auto: by ${cluster.place} this would be part ${index} of ${of}; places must follow one another without a gap`,
    );
  }
  return { index, of, from: cluster.name };
}
