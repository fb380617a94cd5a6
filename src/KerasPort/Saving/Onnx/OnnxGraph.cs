namespace KerasPort.Saving.Onnx;

/// <summary>
/// An ONNX graph that is built node by node, each after the nodes that it reads. Field numbers are those of onnx.proto (ModelProto, GraphProto,
/// NodeProto, TensorProto, ValueInfoProto).
/// </summary>
internal sealed class OnnxGraph(string name)
{
    // Versions that every runtime of recent years reads: format 8, operators 13 (the first with Softmax along one axis).
    private const int FormatVersion = 8, OperatorVersion = 13;

    /// <summary>TensorProto.DataType.</summary>
    public const int Float = 1, Int64 = 7, Bool = 9;

    // AttributeProto.AttributeType.
    private const int Ints = 7, Int = 2, FloatValue = 1;

    private readonly ProtoMessage _graph = new();
    private readonly List<(string Name, Shape Shape)> _inputs = [], _outputs = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Adds an input of the model and returns its name.</summary>
    public string Input(string named, Shape shape)
    {
        string unique = Unique(named);
        _inputs.Add((unique, shape));
        return unique;
    }

    /// <summary>Declares a value as an output of the model.</summary>
    public void Output(string value, Shape shape) => _outputs.Add((value, shape));

    /// <summary>Adds a node with these inputs and weights, and returns the name of its output.</summary>
    public string Node(string operation, string named, string[] inputs, params (string Name, object Value)[] attributes) =>
        Nodes(operation, named, inputs, 1, attributes)[0];

    /// <summary>Likewise for a node with several outputs, whose names it returns.</summary>
    public string[] Nodes(string operation, string named, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string[] made = [.. Enumerable.Range(0, outputs).Select(_ => Unique(named))];
        var node = new ProtoMessage().Add(1, inputs).Add(2, made).Add(3, made[0]).Add(4, operation);
        foreach (var (attribute, value) in attributes)
        {
            var field = new ProtoMessage().Add(1, attribute);
            if (value is int number) field.Add(3, number).Add(20, Int);
            else if (value is float real) field.Add(2, real).Add(20, FloatValue);
            else field.AddPacked(8, ((int[])value).Select(v => (long)v)).Add(20, Ints);
            node.Add(5, field);
        }
        _graph.Add(1, node);
        return made;
    }

    /// <summary>Adds a weight and returns its name.</summary>
    public string Weight(string named, int[] shape, float[] values)
    {
        string unique = Unique(named);
        _graph.Add(5, new ProtoMessage().AddPacked(1, shape.Select(d => (long)d)).Add(2, Float).Add(8, unique).Add(9, values));
        return unique;
    }

    /// <summary>Adds a list of whole numbers, such as a shape, and returns its name.</summary>
    public string Integers(string named, int[] values)
    {
        string unique = Unique(named);
        _graph.Add(5, new ProtoMessage().AddPacked(1, [values.Length]).Add(2, Int64).AddPacked(7, values.Select(v => (long)v)).Add(8, unique));
        return unique;
    }

    /// <summary>The serialized model.</summary>
    public byte[] Model(string producer, string version)
    {
        _graph.Add(2, name);
        foreach (var (input, shape) in _inputs) _graph.Add(11, Value(input, shape));
        foreach (var (output, shape) in _outputs) _graph.Add(12, Value(output, shape));
        return new ProtoMessage().Add(1, FormatVersion).Add(2, producer).Add(3, version)
            .Add(7, _graph).Add(8, new ProtoMessage().Add(1, "").Add(2, OperatorVersion)).ToBytes();
    }

    private static ProtoMessage Value(string name, Shape shape)
    {
        var dimensions = new ProtoMessage();
        // Open dimensions of one name have the same length.
        foreach (var (axis, d) in shape.Index())
            dimensions.Add(1, d is { } size ? new ProtoMessage().Add(1, size) : new ProtoMessage().Add(2, axis == 0 ? "batch" : $"{name}_{axis}"));
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, Float).Add(2, dimensions)));
    }

    private string Unique(string wanted)
    {
        string unique = wanted;
        for (int i = 1; !_names.Add(unique); i++) unique = $"{wanted}_{i}";
        return unique;
    }
}
