# KerasPort in a container, one image an engine:
#
#   docker build -t kerasport .                                       managed: pure .NET, nothing to install in the container
#   docker build -t kerasport:tensorflow --target tensorflow .        tensorflow: TensorFlow.NET with its library for the processor
#   docker build -t kerasport:cuda --target cuda .                    cuda: NVIDIA cards, with nothing but the host's driver
#
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" kerasport --config /app/configs/cpu.json
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" kerasport:tensorflow --config /app/configs/tensorflow.json
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" --gpus all kerasport:cuda --config /app/configs/gpu.json
#
# /work  the working directory: the report, and the data set if it had to be fetched (.keras), are written here.
#        Any user may write to it; mount a folder to keep them.
# /data  a folder with the four Fashion-MNIST .gz files may be mounted here, read-only if you like:
#        -v /usr/share/datasets/fashion-mnist:/data:ro

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS projects
WORKDIR /source

# A restore depends on these files alone, so that editing a source file does not repeat it.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Directory.Build.props src/
COPY src/KerasPort/KerasPort.csproj src/KerasPort/
COPY src/KerasPort.Cuda/KerasPort.Cuda.csproj src/KerasPort.Cuda/
COPY src/KerasPort.Pictures/KerasPort.Pictures.csproj src/KerasPort.Pictures/
COPY src/KerasPort.Plotting/KerasPort.Plotting.csproj src/KerasPort.Plotting/
COPY src/KerasPort.TensorFlow/KerasPort.TensorFlow.csproj src/KerasPort.TensorFlow/
COPY src/KerasPort.Console/KerasPort.Console.csproj src/KerasPort.Console/

# The managed image has no shell, so its folders are made here. /data takes the place of the Debian package's
# folder, the last one searched before the data set is fetched: mounting it is enough, not mounting it no error.
RUN mkdir -p /image/usr/share/datasets \
    && ln -s /data /image/usr/share/datasets/fashion-mnist \
    && mkdir -m 1777 /image/work

FROM projects AS build
# For this platform only: native libraries of the others would triple the image. Compiled ahead (ReadyToRun), so that the first batch comes sooner.
RUN dotnet restore src/KerasPort.Console/KerasPort.Console.csproj --use-current-runtime -p:PublishReadyToRun=true -p:Cuda=false
COPY src/ src/
RUN dotnet publish src/KerasPort.Console/KerasPort.Console.csproj --no-restore --configuration Release \
        --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -p:Cuda=false \
        --output /app -p:ContinuousIntegrationBuild=true -p:PublishDocumentationFiles=false

FROM projects AS build-tensorflow
# A folder or address to restore packages from beside the usual ones.
ARG PACKAGES=
RUN dotnet restore src/KerasPort.Console/KerasPort.Console.csproj -p:Cuda=false -p:TensorFlow=cpu "-p:RestoreAdditionalProjectSources=$PACKAGES"
COPY src/ src/
RUN dotnet publish src/KerasPort.Console/KerasPort.Console.csproj --no-restore --configuration Release -p:Cuda=false -p:TensorFlow=cpu \
        --output /app -p:ContinuousIntegrationBuild=true -p:PublishDocumentationFiles=false

FROM projects AS build-cuda
RUN dotnet restore src/KerasPort.Console/KerasPort.Console.csproj --use-current-runtime -p:PublishReadyToRun=true
COPY src/ src/
RUN dotnet publish src/KerasPort.Console/KerasPort.Console.csproj --no-restore --configuration Release \
        --use-current-runtime --no-self-contained -p:PublishReadyToRun=true \
        --output /app -p:ContinuousIntegrationBuild=true -p:PublishDocumentationFiles=false

# No CUDA library: the driver's own, libcuda, comes from the host through NVIDIA's container toolkit, which these variables ask.
FROM mcr.microsoft.com/dotnet/runtime:10.0 AS cuda
LABEL org.opencontainers.image.title="KerasPort for CUDA" \
      org.opencontainers.image.description="Keras for C#: the Fashion-MNIST convolutions codelab on NVIDIA cards" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build-cuda /image/ /
COPY --from=build-cuda /app/ /app/
COPY configs/ /app/configs/
WORKDIR /work
ENV KERAS_HOME=/work/.keras NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER $APP_UID
ENTRYPOINT ["/app/kerasport"]

# Not chiselled: TensorFlow's library needs more of the system than .NET does.
FROM mcr.microsoft.com/dotnet/runtime:10.0 AS tensorflow
LABEL org.opencontainers.image.title="KerasPort on TensorFlow.NET" \
      org.opencontainers.image.description="Keras for C#: the Fashion-MNIST convolutions codelab on TensorFlow.NET" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build-tensorflow /image/ /
COPY --from=build-tensorflow /app/ /app/
COPY configs/ /app/configs/
WORKDIR /work
ENV KERAS_HOME=/work/.keras
USER $APP_UID
ENTRYPOINT ["/app/kerasport"]

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled AS managed
LABEL org.opencontainers.image.title="KerasPort" \
      org.opencontainers.image.description="Keras for C#: the Fashion-MNIST convolutions codelab on the managed engine" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /image/ /
COPY --from=build /app/ /app/
COPY configs/ /app/configs/
WORKDIR /work
ENV KERAS_HOME=/work/.keras
USER $APP_UID
ENTRYPOINT ["/app/kerasport"]
