using KerasPort.Activations;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Saving.Onnx;

/// <summary>
/// A model as ONNX, for inference: input and output are Keras' (channels last), convolutions and poolings run channels first, as ONNX has
/// them, between two transpositions.
/// </summary>
internal sealed class OnnxFile
{
    private static readonly int[] s_channelsFirst = [0, 3, 1, 2], s_channelsLast = [0, 2, 3, 1];

    private readonly OnnxGraph _graph;
    private bool _channelsFirst;

    private OnnxFile(Model model)
    {
        _graph = new OnnxGraph(model.name);
        _graph.Input(model.input_names[0], model.input_shape);
        foreach (var layer in model.layers) Add(layer);
        ChannelsFirst(false, "output");
        if (_graph.Last == model.input_names[0]) _graph.Node("Identity", "output");
    }

    /// <exception cref="ValueError">The model isn't built, or a layer can't be said in ONNX.</exception>
    public static byte[] Write(Model model)
    {
        if (!model.built) throw new ValueError($"Model '{model.name}' must be built before it is exported. Call it on data or use `build()`.");
        return new OnnxFile(model)._graph.Model(model.output_shape, "KerasPort", typeof(OnnxFile).Assembly.GetName().Version!.ToString(3));
    }

    private void Add(Layer layer)
    {
        var weights = layer.variables.ToDictionary(v => v.name, v => v.numpy());
        switch (layer)
        {
            case Flatten:
                ChannelsFirst(false, layer.name);
                _graph.Node("Flatten", layer.name, null, ("axis", 1));
                break;
            case Dense dense:
                ChannelsFirst(false, layer.name);
                _graph.Node("MatMul", dense.name, [Weight(dense, "kernel", weights["kernel"])]);
                if (dense.use_bias) _graph.Node("Add", $"{dense.name}/bias_added", [Weight(dense, "bias", weights["bias"])]);
                Apply(dense.activation, dense.name);
                break;
            case Conv2D conv:
                ChannelsFirst(true, layer.name);
                var ((kh, kw), (sy, sx), (dy, dx)) = (conv.kernel_size, conv.strides, conv.dilation_rate);
                string kernel = _graph.Weight($"{conv.name}/kernel", [conv.filters, weights["kernel"].shape[2], kh, kw], OutputsFirst(weights["kernel"]));
                _graph.Node("Conv", conv.name, conv.use_bias ? [kernel, Weight(conv, "bias", weights["bias"])] : [kernel],
                    ("kernel_shape", new[] { kh, kw }), ("strides", new[] { sy, sx }), ("dilations", new[] { dy, dx }), ("pads", Pads(conv)));
                Apply(conv.activation, conv.name);
                break;
            case MaxPooling2D pooling:
                ChannelsFirst(true, layer.name);
                _graph.Node("MaxPool", pooling.name, null,
                    ("kernel_shape", new[] { pooling.pool_size.Item1, pooling.pool_size.Item2 }),
                    ("strides", new[] { pooling.strides.Item1, pooling.strides.Item2 }),
                    ("pads", Pads(pooling)));
                break;
            case Activation activation:
                Apply(activation.activation, activation.name);
                break;
            default:
                throw new ValueError($"Layer '{layer.name}' ({layer.GetType().Name}) can't be exported to ONNX.");
        }
    }

    private void Apply(ActivationFunction function, string layer)
    {
        switch (function)
        {
            case Linear: break;
            case Softmax: _graph.Node("Softmax", $"{layer}/softmax", null, ("axis", _channelsFirst ? 1 : -1)); break;
            case { OnnxOperator: { } name }: _graph.Node(name, $"{layer}/{Names.SnakeCase(function.GetType())}"); break;
            default: throw new ValueError($"Activation function {function.GetType().Name} of layer '{layer}' can't be exported to ONNX.");
        }
    }

    private void ChannelsFirst(bool wanted, string layer)
    {
        if (_channelsFirst != wanted)
            _graph.Node("Transpose", $"{layer}/{(wanted ? "channels_first" : "channels_last")}", null, ("perm", wanted ? s_channelsFirst : s_channelsLast));
        _channelsFirst = wanted;
    }

    private string Weight(Layer layer, string name, NDArray value) => _graph.Weight($"{layer.name}/{name}", [.. value.shape], value.ToFloats());

    /// <summary>Padding above, to the left, below and to the right, as far as windows reach.</summary>
    private static int[] Pads(Layer layer)
    {
        var window = layer.WindowOver(layer.input_shape!.Value)!.Value;
        int ReachesOver(int output, int stride, int kernel, int dilation, int before, int size) =>
            Math.Max((output - 1) * stride + (kernel - 1) * dilation + 1 - before - size, 0);
        return
        [
            window.PadTop, window.PadLeft,
            ReachesOver(window.OutHeight, window.StrideY, window.KernelHeight, window.DilationY, window.PadTop, window.Height),
            ReachesOver(window.OutWidth, window.StrideX, window.KernelWidth, window.DilationX, window.PadLeft, window.Width),
        ];
    }

    /// <summary>Keras' kernel [height, width, in, out] as [out, in, height, width].</summary>
    private static float[] OutputsFirst(NDArray kernel)
    {
        float[] values = kernel.ToFloats(), turned = new float[values.Length];
        int pixels = kernel.shape[0] * kernel.shape[1], inputs = kernel.shape[2], outputs = kernel.shape[3];
        for (int pixel = 0, from = 0; pixel < pixels; pixel++)
            for (int i = 0; i < inputs; i++)
                for (int o = 0; o < outputs; o++) turned[(o * inputs + i) * pixels + pixel] = values[from++];
        return turned;
    }
}
