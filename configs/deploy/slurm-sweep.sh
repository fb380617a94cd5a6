#!/bin/bash
# A sweep in eight parts: sbatch configs/deploy/slurm-sweep.sh [CONFIG [FOLDER]]
#
# Each element of the array does its part into FOLDER, which all nodes share. What ended early goes on when the same line is submitted again, and one
# element alone with sbatch --array=3: the parts stay eight, by --shards. At the end: kerasport sweep --collect FOLDER
#SBATCH --job-name=kerasport-sweep
#SBATCH --array=0-7
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00
#SBATCH --output=%x-%A_%a.log
# A node that fails gives the element back to the queue, where it goes on from the checkpoints.
#SBATCH --requeue
#SBATCH --open-mode=append
# A minute before the time is up the runs at work save a checkpoint, and end with exit code 143.
#SBATCH --signal=B:TERM@60

# In place of this shell, which would not pass the signal on.
exec "${KERASPORT:-kerasport}" sweep "${1:-configs/sweep.json}" --folder "${2:-sweep}" --shards "${SHARDS:-8}"
