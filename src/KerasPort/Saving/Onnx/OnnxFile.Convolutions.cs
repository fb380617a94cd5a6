using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Saving.Onnx;

// Convolutions run channels first. A kernel [height, width, in, out] lies there as [out, in, height, width], that of a sequence without height.
internal sealed partial class OnnxFile
{
    private static readonly int[] s_stepsLast = [0, 2, 1];

    private Value Convolved(Convolution layer, LayerCall call, Value x, string name)
    {
        var window = layer.WindowOver(call.Inputs[0].shape)!.Value;
        if (layer is Conv1D sequence)
        {
            // Sequences are turned on both sides: what is around a convolution of them knows images alone.
            string turned = _graph.Node("Transpose", $"{name}/channels_first", [Turned(x, false, name).Name], ("perm", s_stepsLast));
            string sums = _graph.Node("Conv", name, [turned, Kernel(layer, "kernel", name), .. BiasOf(layer, name)], OfWindow(window, axes: 1));
            string back = _graph.Node("Transpose", $"{name}/channels_last", [sums], ("perm", s_stepsLast));
            return Apply(sequence.activation, Last(back), call.Outputs[0].shape, name);
        }
        string from = Turned(x, true, name).Name;
        string made = layer switch
        {
            DepthwiseConv2D => _graph.Node("Conv", name, [from, Kernel(layer, "kernel", name, isOfChannels: true), .. BiasOf(layer, name)],
                [.. OfWindow(window), ("group", window.Channels)]),
            SeparableConv2D => _graph.Node("Conv", name,
                [
                    _graph.Node("Conv", $"{name}/depthwise", [from, Kernel(layer, "depthwise_kernel", name, isOfChannels: true)],
                        [.. OfWindow(window), ("group", window.Channels)]),
                    Kernel(layer, "pointwise_kernel", name), .. BiasOf(layer, name),
                ]),
            // The kernel's last axes are the filters and the channels that come in: as ONNX has them once the latter are in front.
            Conv2DTranspose => _graph.Node("ConvTranspose", name, [from, Kernel(layer, "kernel", name), .. BiasOf(layer, name)], OfTransposed(window)),
            _ => _graph.Node("Conv", name, [from, Kernel(layer, "kernel", name), .. BiasOf(layer, name)], OfWindow(window)),
        };
        return Apply(layer.activation, First(made), call.Outputs[0].shape, name);
    }

    private string[] BiasOf(Convolution layer, string name) => layer.use_bias ? [Weight(layer, "bias", name)] : [];

    /// <summary>The attributes of a window along the last axes of an image.</summary>
    private static (string, object)[] OfWindow(in Window2D w, int axes = 2) =>
    [
        ("kernel_shape", Both(axes, w.KernelHeight, w.KernelWidth)), ("strides", Both(axes, w.StrideY, w.StrideX)),
        ("dilations", Both(axes, w.DilationY, w.DilationX)), ("pads", axes == 2 ? Pads(w) : [w.PadLeft, Pads(w)[3]]),
    ];

    /// <summary>Those of a transposed convolution, whose padding is cut off the sums; what is missing behind them is zeros.</summary>
    private static (string, object)[] OfTransposed(in Window2D w)
    {
        int Behind(int size, int stride, int from, int kernel, int dilation, int before) => stride * (from - 1) + (kernel - 1) * dilation + 1 - before - size;
        int below = Behind(w.Height, w.StrideY, w.OutHeight, w.KernelHeight, w.DilationY, w.PadTop);
        int right = Behind(w.Width, w.StrideX, w.OutWidth, w.KernelWidth, w.DilationX, w.PadLeft);
        return
        [
            ("kernel_shape", Both(2, w.KernelHeight, w.KernelWidth)), ("strides", Both(2, w.StrideY, w.StrideX)),
            ("dilations", Both(2, w.DilationY, w.DilationX)), ("pads", new[] { w.PadTop, w.PadLeft, Math.Max(below, 0), Math.Max(right, 0) }),
            ("output_padding", Both(2, Math.Max(-below, 0), Math.Max(-right, 0))),
        ];
    }

    private static int[] Both(int axes, int first, int second) => axes == 2 ? [first, second] : [second];

    /// <summary>Padding above, to the left, below and to the right, as far as windows reach.</summary>
    private static int[] Pads(in Window2D w)
    {
        int ReachesOver(int output, int stride, int kernel, int dilation, int before, int size) =>
            Math.Max((output - 1) * stride + (kernel - 1) * dilation + 1 - before - size, 0);
        return
        [
            w.PadTop, w.PadLeft, ReachesOver(w.OutHeight, w.StrideY, w.KernelHeight, w.DilationY, w.PadTop, w.Height),
            ReachesOver(w.OutWidth, w.StrideX, w.KernelWidth, w.DilationX, w.PadLeft, w.Width),
        ];
    }

    /// <summary>[pixel][in][out] as [out][in][pixel]; of channels by themselves, [pixel][channel][i] as [channel, i][1][pixel].</summary>
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
}
