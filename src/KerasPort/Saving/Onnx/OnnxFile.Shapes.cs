using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Saving.Onnx;

/// <summary>Layers that pool, move, scale and join.</summary>
internal sealed partial class OnnxFile
{
    /// <summary>The output of a layer that changes shapes; <c>null</c> for another one.</summary>
    private Value? Shaped(LayerCall call, Value[] inputs, string name)
    {
        var (layer, x, input, output) = (call.Layer, inputs[0], call.Inputs[0].shape, call.Outputs[0].shape);
        switch (layer)
        {
            case Reshape:
                return Reshaped(Turned(x, false, name), output, name);
            case Permute permute:
                return Last(_graph.Node("Transpose", name, [Turned(x, false, name).Name], ("perm", (int[])[0, .. permute.dims.ToArray()])));
            case Rescaling rescaling:
                x = rescaling.scale.ndim + rescaling.offset.ndim > 0 ? Turned(x, false, name) : x;
                string scaled = _graph.Node("Mul", $"{name}/scaled", [x.Name, Numbers($"{name}/scale", rescaling.scale)]);
                return x with { Name = _graph.Node("Add", name, [scaled, Numbers($"{name}/offset", rescaling.offset)]) };
            case Normalization normalization:
                return Normalized(normalization, Turned(x, false, name), input, name);
            case ElementwiseMerge:
                return Joined(layer, AtOneRank(call, inputs, name), name);
            default:
                return null;
        }
    }

    /// <summary>Crops or pads images, channels first; positions outside of them get the value <paramref name="beyond"/>.</summary>
    private Value Cut(Value x, Shape input, ImagePart part, float beyond, string name)
    {
        var (height, width, (first, before, rows, columns)) = (input[1]!.Value, input[2]!.Value, part);
        int[] sides = [-first, -before, first + rows - height, before + columns - width];
        if (sides.Any(side => side > 0))
            x = First(_graph.Node("Pad", $"{name}/padded", [x.Name, _graph.Integers($"{name}/padding", [0, 0, Math.Max(sides[0], 0), Math.Max(sides[1], 0),
                0, 0, Math.Max(sides[2], 0), Math.Max(sides[3], 0)]), _graph.Weight($"{name}/beyond", [], [beyond])]));
        if (!sides.Any(side => side < 0)) return x;
        int top = Math.Max(first, 0), left = Math.Max(before, 0);
        return First(_graph.Node("Slice", $"{name}/cut", [x.Name, _graph.Integers($"{name}/first", [top, left]),
            _graph.Integers($"{name}/end", [top + rows, left + columns]), _graph.Integers($"{name}/axes", [2, 3])]));
    }

    private Value Normalized(Normalization layer, Value x, Shape input, string name)
    {
        int[] kept = layer.Kept(input);
        var mean = Normalization.Aligned(layer.GivenMean ?? layer.variables[0].numpy(), input.Rank, kept);
        var variance = Normalization.Aligned(layer.GivenVariance ?? layer.variables[1].numpy(), input.Rank, kept);
        string deviations = _graph.Weight($"{name}/deviation", [.. variance.shape], [.. variance.ToFloats().Select(v => Math.Max(MathF.Sqrt(v), 1e-7f))]);
        return Last(layer.invert
            ? _graph.Node("Add", name, [_graph.Node("Mul", $"{name}/scaled", [x.Name, deviations]), Numbers($"{name}/mean", mean)])
            : _graph.Node("Div", name, [_graph.Node("Sub", $"{name}/centred", [x.Name, Numbers($"{name}/mean", mean)]), deviations]));
    }

    private Value Joined(Layer layer, Value[] terms, string name)
    {
        string operation = layer
            switch
        { Add or Average => "Add", Subtract => "Sub", Multiply => "Mul", Maximum => "Max", Minimum => "Min", _ => throw CantBe(layer) };
        string joined = terms[1..].Aggregate(terms[0].Name, (all, term) => _graph.Node(operation, name, [all, term.Name]));
        if (layer is Average) joined = _graph.Node("Div", $"{name}/mean", [joined, _graph.Weight($"{name}/count", [], [terms.Length])]);
        return terms[0] with { Name = joined };
    }

    /// <summary>Gives inputs of fewer axes the missing ones behind the batch.</summary>
    private Value[] AtOneRank(LayerCall call, Value[] inputs, string name)
    {
        int rank = call.Outputs[0].shape.Rank;
        if (call.Inputs.All(x => x.shape.Rank == rank)) return Alike(inputs, name);
        return [.. inputs.Zip(call.Inputs, (value, x) => x.shape.Rank == rank ? Turned(value, false, name)
            : Reshaped(Turned(value, false, name), ElementwiseMerge.AtRank(x.shape, rank), $"{name}/axes"))];
    }

    // In Reshape, 0 keeps that axis' length, and a single open dimension may be -1.
    private Value Reshaped(Value x, Shape shape, string name) =>
        Last(_graph.Node("Reshape", name, [x.Name, _graph.Integers($"{name}/shape", [0, .. shape[1..].Select(d => d ?? -1)])]));

    /// <summary>Resizes by a product along each axis with the matrix of the interpolation's weights.</summary>
    private Value Resized(Value x, Shape from, Shape to, string interpolation, bool antialias, string name)
    {
        var (height, width, rows, columns) = (from[1]!.Value, from[2]!.Value, to[1]!.Value, to[2]!.Value);
        string made = x.Name;
        if (rows != height)
            made = _graph.Node("MatMul", $"{name}/resized_rows",
                [Matrix(Resampling.Table(height, rows, interpolation, antialias), transposed: false, $"{name}/rows"), made]);
        if (columns != width)
            made = _graph.Node("MatMul", $"{name}/resized_columns",
                [made, Matrix(Resampling.Table(width, columns, interpolation, antialias), transposed: true, $"{name}/columns")]);
        return First(made);
    }

    private string Numbers(string name, NDArray values) => _graph.Weight(name, [.. values.shape], values.ToFloats());
}
