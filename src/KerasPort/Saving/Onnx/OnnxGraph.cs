namespace KerasPort.Saving.Onnx;

/// <summary>
/// A graph of ONNX as it grows: nodes one after another, each on the last one's output. Field numbers are those of onnx.proto
/// (ModelProto, GraphProto, NodeProto, TensorProto, ValueInfoProto).
/// </summary>
internal sealed class OnnxGraph(string name)
{
    // What every runtime of the last years reads: version 8 of the format, operators as of version 13 (Softmax along one axis).
    private const int FormatVersion = 8, OperatorVersion = 13;

    private const int Float = 1, Ints = 7, Int = 2;

    private readonly ProtoMessage _graph = new();
    private readonly List<(string Name, Shape Shape)> _values = [];
    private readonly HashSet<string> _names = [];

    /// <summary>The output of the last node.</summary>
    public string Last { get; private set; } = "";

    public void Input(string name, Shape shape)
    {
        _values.Add((name, shape));
        Last = Unique(name);
    }

    /// <summary>Adds a node that takes the last output, and weights behind it.</summary>
    public void Node(string operation, string named, string[]? weights = null, params (string Name, object Value)[] attributes)
    {
        string output = Unique(named);
        var node = new ProtoMessage().Add(1, [Last, .. weights ?? []]).Add(2, output).Add(3, output).Add(4, operation);
        foreach (var (attribute, value) in attributes)
        {
            var field = new ProtoMessage().Add(1, attribute);
            if (value is int number) field.Add(3, number).Add(20, Int);
            else field.AddPacked(8, ((int[])value).Select(v => (long)v)).Add(20, Ints);
            node.Add(5, field);
        }
        _graph.Add(1, node);
        Last = output;
    }

    /// <summary>Adds a weight and returns its name.</summary>
    public string Weight(string named, int[] shape, float[] values)
    {
        string unique = Unique(named);
        _graph.Add(5, new ProtoMessage().AddPacked(1, shape.Select(d => (long)d)).Add(2, Float).Add(8, unique).Add(9, values));
        return unique;
    }

    /// <summary>The model whose output is the last node's.</summary>
    public byte[] Model(Shape output, string producer, string version)
    {
        _graph.Add(2, name);
        foreach (var (input, shape) in _values) _graph.Add(11, Value(input, shape));
        _graph.Add(12, Value(Last, output));
        return new ProtoMessage().Add(1, FormatVersion).Add(2, producer).Add(3, version)
            .Add(7, _graph).Add(8, new ProtoMessage().Add(1, "").Add(2, OperatorVersion)).ToBytes();
    }

    private static ProtoMessage Value(string name, Shape shape)
    {
        var dimensions = new ProtoMessage();
        foreach (int? d in shape) dimensions.Add(1, d is { } size ? new ProtoMessage().Add(1, size) : new ProtoMessage().Add(2, "batch"));
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, Float).Add(2, dimensions)));
    }

    private string Unique(string wanted)
    {
        string unique = wanted;
        for (int i = 1; !_names.Add(unique); i++) unique = $"{wanted}_{i}";
        return unique;
    }
}
