using KerasPort.Activations;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Saving.Onnx;

/// <summary>Functions: activations by their formulas, and those between layers.</summary>
internal sealed partial class OnnxFile
{
    /// <summary>The elementwise functions that ONNX has as well, by Keras' class.</summary>
    private static readonly Dictionary<string, string> s_sameFunctions = new()
    {
        ["Arccos"] = "Acos", ["Arccosh"] = "Acosh", ["Arcsin"] = "Asin", ["Arcsinh"] = "Asinh", ["Arctan"] = "Atan", ["Arctanh"] = "Atanh", ["Ceil"] = "Ceil",
        ["Cos"] = "Cos", ["Cosh"] = "Cosh", ["Erf"] = "Erf", ["Floor"] = "Floor", ["Reciprocal"] = "Reciprocal", ["Sign"] = "Sign",
        ["Sin"] = "Sin", ["Sinh"] = "Sinh", ["Tan"] = "Tan",
    };

    private Value Apply(ActivationFunction function, Value x, Shape to, string layer)
    {
        string name = $"{layer}/{Names.SnakeCase(function.GetType())}";
        switch (function)
        {
            case Linear:
                return x;
            case LayerFunction { Function: { } inner }:
                return Apply(inner, x, to, layer);
            case Activations.Softmax or LogSoftmax:
                return x with
                {
                    Name = _graph.Node(function.GetType().Name, name, [x.Name], (
                    "axis", Axis((function as Activations.Softmax)?.axis ?? ((LogSoftmax)function).axis))),
                };
            case Glu glu when to[glu.axis] is { } half:
                string Half(int first) => _graph.Node("Slice", $"{name}/half",
                    [x.Name, _graph.Integers($"{name}/first", [first]), _graph.Integers($"{name}/end", [first + half]),
                    _graph.Integers($"{name}/axes", [Axis(glu.axis)])]);
                return x with { Name = _graph.Node("Mul", name, [Half(0), _graph.Node("Sigmoid", $"{name}/gate", [Half(half)])]) };
            case { OnnxOperator: { } known }:
                return x with { Name = _graph.Node(known, name, [x.Name]) };
            case { OnnxWithAlpha: { } made }:
                return x with { Name = _graph.Node(made.Operator, name, [x.Name], ("alpha", (float)made.Alpha)) };
            default:
                return Formula(function, x, name)
                    ?? throw new ValueError($"Activation function {function.GetType().Name} of layer '{layer}' can't be exported to ONNX.");
        }

        int Axis(int axis) => (axis < 0 ? axis + to.Rank : axis) is var from && x.ChannelsFirst ? Array.IndexOf(s_channelsFirst, from) : from;
    }

    /// <summary>An elementwise function, written with one node for each step of its formula; <c>null</c> for another one.</summary>
    private Value? Formula(ActivationFunction function, Value x, string name)
    {
        var g = new Graph(training: false, trains: false, _ => null);
        var (input, known) = (g.Input((2, 2)), new Dictionary<Tensor, OnnxTerm>());
        var output = function.Call(g, input);
        known[input] = new OnnxTerm(_graph, name, x.Name, 0);
        foreach (var node in g.Nodes)
        {
            if (node is ConstantNode && node.Output.Number is { } number) known[node.Output] = OnnxMath.Splat((float)number.Value);
            else if (node is MapNode map) known[node.Output] = map.Express<OnnxTerm, OnnxMath>([.. node.Inputs.Select(of => known[of])]);
            else return null;
        }
        return known[output] is { Value: { } made } ? x with { Name = made } : null;
    }

    /// <summary>A function between layers, with its inputs and constants.</summary>
    private Value Function(Operation operation, LayerCall call, Value[] inputs, string name)
    {
        var function = operation.Function;
        int next = 0;
        (string Name, Shape Shape)[] all = [.. operation.Constants.Index().Select(constant => constant.Item is { } values
            ? (Numbers($"{name}/constant", Lifted(values.numpy())), (Shape)values.shape)
            : (Turned(inputs[next], false, name).Name, call.Inputs[next++].shape))];
        string[] x = [.. all.Select(one => one.Name)];
        var (from, to) = (all[0].Shape, call.Outputs[0].shape);
        if (function.Owner is ActivationFunction activation and not SoftmaxOver) return Apply(activation, Last(x[0]), to, name);
        object? Setting(string key) => function.Settings.First(setting => setting.Name == key).Value;
        string Same(string operation, params string[] of) => _graph.Node(operation, name, of);
        string Number(double value) => _graph.Weight($"{name}/number", [], [(float)value]);
        string True(string operation, params string[] of) =>
            _graph.Node("Cast", name, [_graph.Node(operation, $"{name}/compared", of)], ("to", OnnxGraph.Float));
        string Reduced(string reduction, string of, bool keeps, string called) => _graph.Node(reduction, called, [of],
            [.. Setting("axis") is Axes axes ? new (string, object)[] { ("axes", axes.Of(from)) } : [], ("keepdims", keeps ? 1 : 0)]);
        string Mean(string of, bool keeps, string called) => Reduced("ReduceMean", of, keeps, called);
        string Variance(string called)
        {
            string centred = _graph.Node("Sub", $"{name}/centred", [x[0], Mean(x[0], true, $"{name}/mean")]);
            return Mean(_graph.Node("Mul", $"{name}/squared", [centred, centred]), Setting("keepdims") is true, called);
        }
        string? Place(string reduction) => Setting("axis") is int axis
            ? _graph.Node("Cast", name, [_graph.Node(reduction, $"{name}/place", [x[0]], ("axis", axis), ("keepdims", Setting("keepdims") is true ? 1 : 0))],
                ("to", OnnxGraph.Float))
            : null;
        string Taken(string of, int axis, int start, int end, int step) => _graph.Node("Slice", $"{name}/taken", [of, _graph.Integers($"{name}/first", [start]),
            _graph.Integers($"{name}/end", [end]), _graph.Integers($"{name}/axes", [axis]), _graph.Integers($"{name}/steps", [step])]);
        string Everywhere(double value) => _graph.Node("Expand", name, [Number(value), _graph.Node("Shape", $"{name}/shape", [x[0]])]);
        bool Keeps() => Setting("keepdims") is true;

        string Asked(string operation, string of, double number) => _graph.Node(operation, $"{name}/compared", [of, Number(number)]);

        string Sinc()
        {
            string isZero = Asked("Equal", x[0], 0), way = _graph.Node("Mul", $"{name}/way", [x[0], Number(Math.PI)]);
            string safe = _graph.Node("Where", $"{name}/safe", [isZero, Number(1), way]);
            return Same("Where", isZero, Number(1), _graph.Node("Div", $"{name}/part", [_graph.Node("Sin", $"{name}/sine", [way]), safe]));
        }

        // In the right half plane the arctangent of y / x; in the left one π more or less; 0 at the origin.
        string Angle()
        {
            string slope = _graph.Node("Atan", $"{name}/slope", [_graph.Node("Div", $"{name}/part", x)]);
            string half = _graph.Node("Where", $"{name}/half", [Asked("Less", x[0], 0), Number(-Math.PI), Number(Math.PI)]);
            string turned = _graph.Node("Where", $"{name}/turned", [Asked("Less", x[1], 0), half, Number(0)]);
            string isNone = _graph.Node("And", $"{name}/none", [Asked("Equal", x[0], 0), Asked("Equal", x[1], 0)]);
            return Same("Where", isNone, Number(0), _graph.Node("Add", $"{name}/angle", [slope, turned]));
        }

        string? made = function.Class switch
        {
            "Absolute" => Same("Abs", x),
            "Add" => Same("Add", x),
            "Argmax" => Place("ArgMax"),
            "Argmin" => Place("ArgMin"),
            "Cast" => x[0],
            "Clip" => Same("Min", Same("Max", x[0], Number(((PythonNumber)Setting("x_min")!).Value)), Number(((PythonNumber)Setting("x_max")!).Value)),
            "Concatenate" => _graph.Node("Concat", name, x, ("axis", ((Axes)(int)Setting("axis")!).Of(from)[0])),
            "Divide" or "TrueDivide" => Same("Div", x),
            "Equal" => True("Equal", x),
            "Exp" => Same("Exp", x),
            "ExpandDims" => _graph.Node("Unsqueeze", name,
                [x[0], _graph.Integers($"{name}/axes", [(int)Setting("axis")! is var at && at < 0 ? at + to.Rank : at])]),
            "Flip" => Axes.Of((Axes?)Setting("axis"), from).Aggregate(x[0], (of, axis) => Taken(of, axis, -1, int.MinValue + 1, -1)),
            "GetItem" => Part(x[0], from, function.Key!, name),
            "Greater" => True("Greater", x),
            "GreaterEqual" => True("GreaterOrEqual", x),
            "Less" => True("Less", x),
            "LessEqual" => True("LessOrEqual", x),
            "Log" => Same("Log", x),
            "Matmul" => Same("MatMul", x),
            "Max" => Reduced("ReduceMax", x[0], Keeps(), name),
            "Maximum" => Same("Max", x),
            "Mean" => Mean(x[0], Keeps(), name),
            "Min" => Reduced("ReduceMin", x[0], Keeps(), name),
            "Minimum" => Same("Min", x),
            "Multiply" => Same("Mul", x),
            "Negative" => Same("Neg", x),
            "OnesLike" => Everywhere(1),
            "Power" => Same("Pow", x),
            "Relu" => Same("Relu", x),
            "Repeat" when Setting("axis") is int axis && from[axis] is { } length && Setting("repeats") is int times => _graph.Node("Gather", name,
                [x[0], _graph.Integers($"{name}/places", [.. Enumerable.Range(0, length * times).Select(i => i / times)])], ("axis", ((Axes)axis).Of(from)[0])),
            "Reshape" when call.Inputs[0].IsBatched => Reshaped(Last(x[0]), to, name).Name,
            "Sqrt" => Same("Sqrt", x),
            "Square" => Same("Mul", x[0], x[0]),
            "Squeeze" => _graph.Node("Squeeze", name, [x[0], _graph.Integers($"{name}/axes", Setting("axis") is int axis ? ((Axes)axis).Of(from)
                : [.. Enumerable.Range(0, from.Rank).Where(axis => from[axis] == 1)])]),
            "Stack" => _graph.Node("Concat", name, [.. x.Select(one => _graph.Node("Unsqueeze", $"{name}/axis", [one,
                _graph.Integers($"{name}/axes", [(int)Setting("axis")! is var at && at < 0 ? at + to.Rank : at])]))],
                ("axis", (int)Setting("axis")! is var along && along < 0 ? along + to.Rank : along)),
            "Std" => Same("Sqrt", Variance($"{name}/variance")),
            "Subtract" => Same("Sub", x),
            "Sum" => _graph.Node("ReduceSum", name, Setting("axis") is Axes axes ? [x[0], _graph.Integers($"{name}/axes", axes.Of(from))] : [x[0]], (
                "keepdims", Keeps() ? 1 : 0)),
            "Transpose" => _graph.Node("Transpose", name, [x[0]],
                ("perm", Setting("axes") is Axes order ? [.. order.Select(axis => axis < 0 ? axis + from.Rank : axis)]
                : Enumerable.Range(0, from.Rank).Reverse().ToArray())),
            "Var" => Variance(name),
            "Where" => Same("Where", _graph.Node("Cast", $"{name}/asked", [x[0]], ("to", OnnxGraph.Bool)), x[1], x[2]),
            "ZerosLike" => Everywhere(0),
            "Round" when Setting("decimals") is 0 => Same("Round", x),
            "StopGradient" => x[0],
            "NotEqual" => Same("Sub", Number(1), True("Equal", x)),
            "Isnan" => True("IsNaN", x),
            "Isinf" => True("IsInf", x),
            // The sign of -0 shows in the quotient 1 / -0.
            "Signbit" => _graph.Node("Cast", name, [_graph.Node("Or", $"{name}/either", [_graph.Node("Less", $"{name}/below", [x[0], Number(0)]),
                _graph.Node("Less", $"{name}/zero", [_graph.Node("Reciprocal", $"{name}/part", [x[0]]), Number(0)])])], ("to", OnnxGraph.Float)),
            "Cbrt" => Same("Mul", _graph.Node("Sign", $"{name}/sign", [x[0]]),
                _graph.Node("Pow", $"{name}/root", [_graph.Node("Abs", $"{name}/size", [x[0]]), Number(1.0 / 3)])),
            "Sinc" => Sinc(),
            "Arctan2" => Angle(),
            { } known when s_sameFunctions.TryGetValue(known, out string? same) => Same(same, x),
            _ => null,
        };
        return made is null ? ByNodes(call, inputs, name)?[0] ?? throw CantBe(operation) : Last(made);
    }

    /// <summary>A slice: each axis is cut to its range, then axes are removed and inserted.</summary>
    private string Part(string x, Shape from, Slice[] key, string name)
    {
        int named = key.Count(index => index.Kind is not (Slice.Kinds.NewAxis or Slice.Kinds.Ellipsis)), axis = 0, at = 0;
        var (dropped, put) = (new List<int>(), new List<int>());
        foreach (var index in key)
        {
            if (index.Kind == Slice.Kinds.Ellipsis) (axis, at) = (axis + from.Rank - named, at + from.Rank - named);
            else if (index.Kind == Slice.Kinds.NewAxis) put.Add(at++);
            else
            {
                if (index.Kind == Slice.Kinds.One) dropped.Add(axis);
                else at++;
                // The batch axis is taken whole, or one sample of it.
                if (from[axis] is { } length || index.Kind == Slice.Kinds.One)
                {
                    var (start, count, step) = from[axis] is { } size ? index.On(size, axis) : (index.Python.Start!.Value, 1, 1);
                    int end = start + count * step;
                    x = _graph.Node("Slice", $"{name}/cut", [x, _graph.Integers($"{name}/first", [start]),
                        _graph.Integers($"{name}/end", [end < 0 && step < 0 ? int.MinValue + 1 : end == 0 && start < 0 ? int.MaxValue : end]),
                        _graph.Integers($"{name}/axes", [axis]), _graph.Integers($"{name}/steps", [step])]);
                }
                axis++;
            }
        }
        if (dropped.Count > 0) x = _graph.Node("Squeeze", $"{name}/dropped", [x, _graph.Integers($"{name}/axes", [.. dropped])]);
        return put.Count > 0 ? _graph.Node("Unsqueeze", $"{name}/put", [x, _graph.Integers($"{name}/axes", [.. put])]) : x;
    }

    private static NDArray Lifted(NDArray values) => values.astype(DType.float32);
}
