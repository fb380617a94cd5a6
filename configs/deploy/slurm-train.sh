#!/bin/bash
# Data-parallel training of one model by four ranks: sbatch configs/deploy/slurm-train.sh [OPTIONS OF kerasport run]
#
# srun starts the ranks by PMIx, by which Open MPI finds them; --batch-size is of all of them together. A rank that is lost ends all of them with exit code 8; submitted again, also with
# another --ntasks, the training goes on from its checkpoint to the same bits.
#SBATCH --job-name=kerasport-train
#SBATCH --ntasks=4
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00
#SBATCH --output=%x-%j.log
#SBATCH --requeue
#SBATCH --open-mode=append
# A minute before the time is up all ranks are told, and the first saves a checkpoint.
#SBATCH --signal=TERM@60

[[ $# -gt 0 ]] || set -- --model cnn-64-64 --seed 1 --checkpoint checkpoint --checkpoint-every 500
srun --mpi=pmix --kill-on-bad-exit=1 "${KERASPORT:-kerasport}" run --threads "${SLURM_CPUS_PER_TASK:-1}" "$@"
