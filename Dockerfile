# KerasPort on the managed engine: pure .NET, nothing to install in the container.
#
#   docker build -t kerasport .
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" kerasport --config /app/configs/cpu.json
#
# /work  the working directory: the report, and the data set if it had to be fetched (.keras), are written here.
#        Any user may write to it; mount a folder to keep them.
# /data  a folder with the four Fashion-MNIST .gz files may be mounted here, read-only if you like:
#        -v /usr/share/datasets/fashion-mnist:/data:ro

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# The restore depends on these files alone, so that editing a source file does not repeat it.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/KerasPort/KerasPort.csproj src/KerasPort/
COPY src/KerasPort.Console/KerasPort.Console.csproj src/KerasPort.Console/
RUN dotnet restore src/KerasPort.Console/KerasPort.Console.csproj

COPY src/ src/
RUN dotnet publish src/KerasPort.Console/KerasPort.Console.csproj --no-restore --configuration Release \
        --output /app -p:ContinuousIntegrationBuild=true -p:PublishDocumentationFiles=false

# The runtime image has no shell, so its folders are made here. /data takes the place of the Debian package's
# folder, the last one searched before the data set is fetched: mounting it is enough, not mounting it no error.
RUN mkdir -p /image/usr/share/datasets \
    && ln -s /data /image/usr/share/datasets/fashion-mnist \
    && mkdir -m 1777 /image/work

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
