using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Saving.Onnx;

/// <summary>Layers over sequences, images and volumes: computed channels first, as ONNX requires, wherever the model has its channels.</summary>
internal sealed partial class OnnxFile
{
    /// <summary>The output of a spatial layer; <c>null</c> where ONNX has no operator for it.</summary>
    private Value? Spatial(SpatialLayer layer, LayerCall call, Value x, string name)
    {
        Shape input = layer.ChannelsLast(call.Inputs[0].shape), output = call.Outputs[0].shape;
        if (layer is SizedImages && input.Rank != 4) return null;
        string first = layer.ChannelsFirst ? Turned(x, false, name).Name : input.Rank == 4 ? Turned(x, true, name).Name
            : _graph.Node("Transpose", $"{name}/channels_first", [Turned(x, false, name).Name], ("perm", DataFormat.ToFirst(input.Rank, 1)));
        string? computed = layer switch
        {
            Convolution convolution => Convolved(convolution, first, input, name),
            Pooling pooling => _graph.Node(pooling is MaxPooling ? "MaxPool" : "AveragePool", name, [first], ("kernel_shape", pooling.pool_size.ToArray()),
                ("strides", pooling.strides.ToArray()), ("pads", Pads(pooling.PaddingOver(input)))),
            GlobalPooling pooling => _graph.Node(pooling is GlobalMaxPooling ? "ReduceMax" : "ReduceMean", name, [first],
                ("axes", Enumerable.Range(2, input.Rank - 2).ToArray()), ("keepdims", pooling.keepdims ? 1 : 0)),
            AdaptivePooling pooling => Pooled(pooling, first, input, name),
            EdgeLayer edges => Edged(edges, first, input, name),
            UpSampling2D up => Resized(First(first), input, layer.ChannelsLast(output), up.interpolation, antialias: false, name).Name,
            UpSampling up => Enumerable.Range(0, up.Times.Rank).Aggregate(first, (made, axis) =>
                Taken(made, axis, [.. Enumerable.Range(0, input[axis + 1]!.Value * up.Times[axis]!.Value).Select(i => i / up.Times[axis]!.Value)], name)),
            Resizing resizing => Sized(resizing, First(first), input, layer.ChannelsLast(output), name).Name,
            CenterCrop crop => Sized(crop, First(first), input, layer.ChannelsLast(output), name).Name,
            _ => null,
        };
        if (computed is null) return null;
        var y = layer.ChannelsFirst || output.Rank == 2 ? Last(computed) : output.Rank == 4 ? First(computed)
            : Last(_graph.Node("Transpose", $"{name}/channels_last", [computed], ("perm", DataFormat.ToLast(output.Rank, 1))));
        return layer is Convolution { activation: var activation } ? Apply(activation, y, output, name) : y;
    }

    private Value Sized(Resizing layer, Value x, Shape input, Shape output, string name)
    {
        var part = layer.crop_to_aspect_ratio ? SizedImages.InProportion(input, layer.height, layer.width)
            : layer.pad_to_aspect_ratio ? layer.Around(input) : SizedImages.Whole(input);
        return Resized(Cut(x, input, part, (float)layer.fill_value, name), part.Size(input), output, layer.interpolation, layer.antialias, name);
    }

    private Value Sized(CenterCrop layer, Value x, Shape input, Shape output, string name)
    {
        var middle = layer.Part(input);
        return Resized(Cut(x, input, middle, 0, name), middle.Size(input), output, "bilinear", antialias: false, name);
    }

    /// <summary>Adaptive pooling axis by axis: means as a product with a matrix, maxima over each window in turn.</summary>
    private string Pooled(AdaptivePooling layer, string x, Shape input, string name)
    {
        for (int axis = 0; axis < input.Rank - 2; axis++)
        {
            int length = input[axis + 1]!.Value;
            var windows = AdaptivePooling.Windows(length, layer.output_size[axis]!.Value);
            if (layer is AdaptiveMaxPooling)
            {
                var (table, size) = AdaptiveMaxPooling.Table(length, windows);
                int[] window = [.. Enumerable.Range(0, input.Rank - 2).Select(at => at == axis ? size : 1)];
                x = _graph.Node("MaxPool", name, [Taken(x, axis, table.At, name)], ("kernel_shape", window), ("strides", window));
                continue;
            }
            int[] swapped = [.. Enumerable.Range(0, input.Rank)];
            (swapped[axis + 2], swapped[^1]) = (swapped[^1], swapped[axis + 2]);
            string Swapped(string of) => axis + 3 == input.Rank ? of : _graph.Node("Transpose", $"{name}/turned", [of], ("perm", swapped));
            string means = Matrix(AdaptiveAveragePooling.Table(length, windows), transposed: true, $"{name}/means");
            x = Swapped(_graph.Node("MatMul", name, [Swapped(x), means]));
        }
        return x;
    }

    /// <summary>Selects indices along an axis; axes count from the one behind the channels.</summary>
    private string Taken(string x, int axis, int[] places, string name) =>
        _graph.Node("Gather", $"{name}/taken", [x, _graph.Integers($"{name}/places", places)], ("axis", axis + 2));

    private string Edged(EdgeLayer layer, string x, Shape input, string name)
    {
        var sides = layer.Sides;
        int[] Padding(Func<(int Before, int Behind), int> of) => [0, 0, .. sides.Select(side => Math.Max(of(side), 0))];
        if (sides.Any(side => Math.Max(side.Before, side.Behind) > 0))
            x = _graph.Node("Pad", name, [x, _graph.Integers($"{name}/padding", [.. Padding(side => side.Before), .. Padding(side => side.Behind)])]);
        if (!sides.Any(side => Math.Min(side.Before, side.Behind) < 0)) return x;
        int[] axes = [.. Enumerable.Range(2, sides.Length)];
        return _graph.Node("Slice", name, [x, _graph.Integers($"{name}/first", [.. sides.Select(side => Math.Max(-side.Before, 0))]),
            _graph.Integers($"{name}/end", [.. sides.Select((side, axis) => input[axis + 1]!.Value + Math.Min(side.Behind, 0))]),
            _graph.Integers($"{name}/axes", axes)]);
    }

    private string Convolved(Convolution layer, string x, Shape input, string name)
    {
        var padding = layer.PaddingOver(input);
        (string, object)[] window =
        [
            ("kernel_shape", layer.kernel_size.ToArray()), ("strides", layer.strides.ToArray()), ("dilations", layer.dilation_rate.ToArray()),
            ("pads", Pads(padding)),
        ];
        int channels = input[^1]!.Value;
        string[] bias = layer.use_bias ? [Weight(layer, "bias", name)] : [];
        return layer switch
        {
            SeparableConvolution => _graph.Node("Conv", name,
            [
                _graph.Node("Conv", $"{name}/depthwise", [x, Kernel(layer, "depthwise_kernel", name, isOfChannels: true)], [.. window, ("group", channels)]),
                Kernel(layer, "pointwise_kernel", name), .. bias,
            ]),
            ChannelConvolution => _graph.Node("Conv", name, [x, Kernel(layer, "kernel", name, isOfChannels: true), .. bias], [.. window, ("group", channels)]),
            // A transposed kernel has [filters, channels] as its last axes, which is ONNX's order once the pixels are behind them. Where the padding behind is
            // negative, ONNX's output_padding adds the missing zeros.
            TransposedConvolution => _graph.Node("ConvTranspose", name, [x, Kernel(layer, "kernel", name), .. bias],
                [.. window, ("output_padding", padding.Select(side => Math.Max(-side.Behind, 0)).ToArray())]),
            _ => _graph.Node("Conv", name, [x, Kernel(layer, "kernel", name), .. bias], [.. window, ("group", ((GroupedConvolution)layer).groups)]),
        };
    }

    /// <summary>ONNX' pads: those before all axes, then those behind them.</summary>
    private static int[] Pads((int Before, int Behind)[] sides) => [.. sides.Select(side => side.Before), .. sides.Select(side => Math.Max(side.Behind, 0))];

    /// <summary>Transposes a kernel from [pixel][in][out] to [out][in][pixel]; a depthwise one from [pixel][channel][i] to [channel, i][1][pixel].</summary>
    private string Kernel(Layer layer, string weight, string name, bool isOfChannels = false)
    {
        var variable = layer.variables.First(v => v.name == weight);
        if (_weights.TryGetValue(variable, out string? known)) return known;
        float[] values = variable.numpy().ToFloats(), turned = new float[values.Length];
        int[] shape = [.. variable.shape], pixels = shape[..^2];
        int count = pixels.Aggregate(1, (product, d) => product * d), inputs = shape[^2], outputs = shape[^1];
        for (int pixel = 0, from = 0; pixel < count; pixel++)
            for (int i = 0; i < inputs; i++)
                for (int o = 0; o < outputs; o++, from++) turned[(isOfChannels ? i * outputs + o : o * inputs + i) * count + pixel] = values[from];
        return _weights[variable] = _graph.Weight($"{name}/{weight}", isOfChannels ? [inputs * outputs, 1, .. pixels] : [outputs, inputs, .. pixels], turned);
    }

    /// <summary>The matrix of a map: [outputs, inputs], or transposed.</summary>
    private string Matrix(AlongTable table, bool transposed, string name)
    {
        var (inputs, outputs) = (table.Inputs, table.Outputs);
        float[] matrix = new float[inputs * outputs];
        for (int j = 0; j < outputs; j++)
            for (int k = table.Starts[j]; k < table.Starts[j + 1]; k++)
                matrix[transposed ? table.At[k] * outputs + j : j * inputs + table.At[k]] += table.Weights[k];
        return _graph.Weight(name, transposed ? [inputs, outputs] : [outputs, inputs], matrix);
    }
}
