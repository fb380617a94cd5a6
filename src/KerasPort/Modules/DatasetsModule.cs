using KerasPort.Datasets;

namespace KerasPort;

/// <summary><c>keras.datasets</c>.</summary>
public sealed class DatasetsModule
{
    /// <inheritdoc cref="Mnist"/>
    public Mnist mnist { get; } = new();

    /// <inheritdoc cref="Cifar10"/>
    public Cifar10 cifar10 { get; } = new();

    /// <inheritdoc cref="Cifar100"/>
    public Cifar100 cifar100 { get; } = new();

    /// <inheritdoc cref="CaliforniaHousing"/>
    public CaliforniaHousing california_housing { get; } = new();

    /// <inheritdoc cref="BostonHousing"/>
    public BostonHousing boston_housing { get; } = new();

    /// <inheritdoc cref="FashionMnist"/>
    public FashionMnist fashion_mnist { get; } = new();
}
