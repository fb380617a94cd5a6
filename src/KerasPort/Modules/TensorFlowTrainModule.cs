using KerasPort.Pipelines;

namespace KerasPort;

/// <summary><c>tf.train</c>: records of values by name.</summary>
public sealed class TensorFlowTrainModule
{
    /// <summary>Creates a record of values by name.</summary>
    public Example Example(Features? features = null) => new(features);

    /// <summary>Creates values by name.</summary>
    public Features Features(Dictionary<string, Feature>? feature = null) => new(feature ?? []);

    /// <summary>Creates values of one kind.</summary>
    /// <exception cref="ValueError">Several are given.</exception>
    public Feature Feature(BytesList? bytes_list = null, FloatList? float_list = null, Int64List? int64_list = null) =>
        new(bytes_list, float_list, int64_list);

    /// <summary>Creates a list of byte strings.</summary>
    public BytesList BytesList(IEnumerable<byte[]>? value = null) => new([.. value ?? []]);

    /// <summary>Creates a list of strings.</summary>
    public BytesList BytesList(Strings value) => new([.. Enumerable.Range(0, value.Count).Select(value.Bytes)]);

    /// <summary>Creates a list of floats.</summary>
    public FloatList FloatList(NDArray? value = null) => new(value?.ToFloats() ?? []);

    /// <summary>Creates a list of integers.</summary>
    /// <exception cref="TypeError">The array isn't one of integers.</exception>
    public Int64List Int64List(NDArray? value = null) => value is { dtype.IsInexact: true, size: > 0 }
        ? throw new TypeError($"Whole numbers are expected, tf.train.FloatList holds others. Received: {value.dtype}") : new(value?.ToLongs() ?? []);
}
