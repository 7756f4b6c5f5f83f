#!/bin/sh
# parallel.sh SWEEP.json FOLDER PARTS: so many parts, as many at once as there are cores.
seq "$3" | parallel npx --no scaling-lab sweep "$1" --shard "{}/$3" --out "$2/part-{}"
