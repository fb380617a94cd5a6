using KerasPort.Engines.Formulas;

namespace KerasPort.Saving.Onnx;

/// <summary>A term of a formula that is written as ONNX: the output of a node, or a constant.</summary>
/// <param name="Graph">The graph; <c>null</c> for a constant.</param>
/// <param name="Name">The prefix of its nodes' names.</param>
/// <param name="Value">The node's output; <c>null</c> for a constant.</param>
/// <param name="Constant">The constant.</param>
internal sealed record OnnxTerm(OnnxGraph? Graph, string Name, string? Value, float Constant)
{
    /// <summary>The name by which other nodes read it; a constant is added as a weight.</summary>
    public string In(OnnxGraph graph, string name) => Value ?? graph.Weight($"{name}/number", [], [Constant]);
}

/// <summary>Formulas as ONNX nodes, one for each operation; an operation on constants alone gives a constant.</summary>
internal readonly struct OnnxMath : IMath<OnnxTerm>
{
    public static OnnxTerm Splat(float value) => new(null, "", null, value);

    public static OnnxTerm Add(OnnxTerm a, OnnxTerm b) => Of("Add", (x, y) => x + y, a, b);

    public static OnnxTerm Subtract(OnnxTerm a, OnnxTerm b) => Of("Sub", (x, y) => x - y, a, b);

    public static OnnxTerm Multiply(OnnxTerm a, OnnxTerm b) => Of("Mul", (x, y) => x * y, a, b);

    public static OnnxTerm Divide(OnnxTerm a, OnnxTerm b) => Of("Div", (x, y) => x / y, a, b);

    public static OnnxTerm Pow(OnnxTerm a, OnnxTerm b) => Of("Pow", FloatMath.Pow, a, b);

    public static OnnxTerm Greater(OnnxTerm a, OnnxTerm b) => Of("Greater", FloatMath.Greater, a, b);

    public static OnnxTerm Equal(OnnxTerm a, OnnxTerm b) => Of("Equal", FloatMath.Equal, a, b);

    public static OnnxTerm Sqrt(OnnxTerm a) => Of("Sqrt", FloatMath.Sqrt, a);

    public static OnnxTerm Abs(OnnxTerm a) => Of("Abs", FloatMath.Abs, a);

    public static OnnxTerm Exp(OnnxTerm a) => Of("Exp", FloatMath.Exp, a);

    public static OnnxTerm Log(OnnxTerm a) => Of("Log", FloatMath.Log, a);

    public static OnnxTerm Tanh(OnnxTerm a) => Of("Tanh", FloatMath.Tanh, a);

    public static OnnxTerm Erf(OnnxTerm a) => Of("Erf", FloatMath.Erf, a);

    public static OnnxTerm Round(OnnxTerm a) => Of("Round", FloatMath.Round, a);

    public static OnnxTerm Expm1(OnnxTerm a) => Subtract(Exp(a), Splat(1));

    public static OnnxTerm Log1p(OnnxTerm a) => Log(Add(Splat(1), a));

    public static OnnxTerm CopySign(OnnxTerm a, OnnxTerm sign) => Select(Greater(Splat(0), sign), Subtract(Splat(0), Abs(a)), Abs(a));

    public static OnnxTerm Select(OnnxTerm mask, OnnxTerm a, OnnxTerm b)
    {
        if (mask is not { Graph: { } graph, Value: { } chosen }) return mask.Constant != 0 ? a : b;
        return mask with { Value = graph.Node("Where", mask.Name, [chosen, a.In(graph, mask.Name), b.In(graph, mask.Name)]) };
    }

    public static OnnxTerm Scale(OnnxTerm a, OnnxTerm n) => throw Bits();

    public static OnnxTerm Exponent(OnnxTerm a) => throw Bits();

    public static OnnxTerm Fraction(OnnxTerm a) => throw Bits();

    public static OnnxTerm High(OnnxTerm a) => throw Bits();

    private static OnnxTerm Of(string operation, Func<float, float> constant, OnnxTerm a) =>
        a.Graph is not { } graph ? Splat(constant(a.Constant)) : a with { Value = graph.Node(operation, a.Name, [a.Value!]) };

    private static OnnxTerm Of(string operation, Func<float, float, float> constant, OnnxTerm a, OnnxTerm b)
    {
        if ((a.Graph ?? b.Graph) is not { } graph) return Splat(constant(a.Constant, b.Constant));
        string name = a.Graph is null ? b.Name : a.Name;
        return new(graph, name, graph.Node(operation, name, [a.In(graph, name), b.In(graph, name)]), 0);
    }

    private static ValueError Bits() => new("A formula over the bits of numbers can't be exported to ONNX.");
}
