# The image of kubernetes-train.yaml: the tool with Open MPI and an sshd that mpirun reaches it by, as the MPI Operator wants it.
#
#   docker build -t kerasport .
#   docker build -t kerasport:mpi -f configs/deploy/mpi.Dockerfile .
FROM kerasport AS tool

FROM mcr.microsoft.com/dotnet/runtime:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends openmpi-bin openssh-server openssh-client \
    && rm -rf /var/lib/apt/lists/* \
    && (id -u 1000 >/dev/null 2>&1 && userdel -r "$(id -nu 1000)" || true) \
    && useradd -m -u 1000 mpiuser \
    && mkdir -p /run/sshd \
    # The operator mounts the key; strict modes would refuse a mounted folder.
    && printf 'Port 2222\nHostKey /home/mpiuser/.ssh/id_rsa\nPidFile /home/mpiuser/sshd.pid\nStrictModes no\n' > /home/mpiuser/.sshd_config \
    && printf 'Host *\n  Port 2222\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n' > /etc/ssh/ssh_config.d/mpi.conf \
    && chown mpiuser /home/mpiuser/.sshd_config
COPY --from=tool /app/ /app/
WORKDIR /home/mpiuser
USER mpiuser
