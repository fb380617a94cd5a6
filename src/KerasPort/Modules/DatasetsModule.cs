using KerasPort.Datasets;

namespace KerasPort;

/// <summary><c>keras.datasets</c>.</summary>
public sealed class DatasetsModule
{
    /// <inheritdoc cref="Mnist"/>
    public Mnist mnist { get; } = new();

    /// <inheritdoc cref="FashionMnist"/>
    public FashionMnist fashion_mnist { get; } = new();
}
