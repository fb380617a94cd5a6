using KerasPort.Graphs;
using KerasPort.Initializers;

namespace KerasPort.Layers;

/// <summary>The axes of an <see cref="EinsumDense"/> for an input of a given shape, one letter for each.</summary>
internal sealed class EinsumAxes
{
    private readonly string _input, _kernel, _output;
    private readonly Subscripts _axes;

    /// <exception cref="ValueError">The equation has another form, or doesn't fit the shape.</exception>
    public EinsumAxes(EinsumDense layer, Shape input)
    {
        var form = EinsumDense.Form().Match(layer.equation);
        bool isLeft = form.Groups["left"].Success, isRight = form.Groups["right"].Success;
        string wanted = (isLeft ? "..." : "") + form.Groups["output"].Value + (isRight ? "..." : "");
        (_input, _kernel, _output) = (form.Groups["input"].Value, form.Groups["kernel"].Value, form.Groups["output"].Value);
        bool repeats = new[] { _input, _kernel, _output }.Any(letters => letters.Distinct().Count() < letters.Length);
        if (!form.Success || (isLeft && isRight) || (isRight && _input.Length < 2) || repeats
            || !layer.equation.EndsWith("->" + wanted, StringComparison.Ordinal))
            throw new ValueError($"Invalid einsum equation '{layer.equation}'. Equations must be in the form [X],[Y]->[Z], ...[X],[Y]->...[Z], or "
                + "[X]...,[Y]->[Z]....");
        int elided = input.Rank - _input.Length;
        if (elided < 0 || (elided > 0 && !isLeft && !isRight))
            throw new ValueError($"Layer '{layer.name}' of equation '{layer.equation}' takes inputs of {_input.Length} axes. Received: input_shape={input}");

        // The output takes the batch from the input, and the axes of the ellipsis at the place where the input has them.
        int?[] given = [.. layer.OutputShape];
        int?[] output = isLeft && elided > 0 ? [.. input[..elided], .. given] : [input[0], .. given, .. isRight ? input[(input.Rank - elided)..] : []];
        string letters = _output;
        foreach (char axis in _output)
            if (!_input.Contains(axis) && !_kernel.Contains(axis))
                throw new ValueError($"Dimension '{axis}' was specified in the output '{letters}' but has no corresponding dim in the input spec "
                    + $"'{form.Groups["input"].Value}' or weight spec '{_kernel}'");
        _axes = Subscripts.Of(layer.equation, input.Rank, _kernel.Length);
        (_input, _output) = (_axes.Operands[0], _axes.Result);
        if (output.Length != _output.Length)
            throw new ValueError(
                $"Layer '{layer.name}' of equation '{layer.equation}' needs an output_shape of {letters.Length - (isLeft && elided > 0 ? 0 : 1)} "
                + $"numbers. Received: output_shape={layer.OutputShape}");
        for (int i = 0; i < _input.Length; i++)
            if (_output.IndexOf(_input[i]) is >= 0 and var at && output[at] is { } size && size != input[i])
                throw new ValueError($"Input shape and output shape do not match at shared dimension '{_input[i]}'. Input shape is "
                    + $"{input[i]?.ToString() ?? "None"}, and output shape is {size}.");
        // As in Keras, an open axis of output_shape stays open, even if the input's shape would tell its length.
        Output = new Shape(output);
        Kernel = [.. _kernel.Select(axis => _output.IndexOf(axis) is >= 0 and var at ? Known(output[at], axis)
            : _input.IndexOf(axis) is >= 0 and var from ? Known(input[from], axis)
            : throw new ValueError($"Weight dimension '{axis}' did not have a match in either the input spec '{form.Groups["input"].Value}' or the output spec "
                + $"'{letters}'. For this layer, the weight must be fully specified."))];
        if (layer.bias_axes is not { } bias) return;
        foreach (char axis in bias)
            if (!letters.Contains(axis)) throw new ValueError($"Bias dimension '{axis}' was requested, but is not part of the output spec '{letters}'");
        string behind = letters[bias.Min(axis => letters.IndexOf(axis))..];
        Bias = [.. behind.Select(axis => bias.Contains(axis) ? Known(output[_output.IndexOf(axis)], axis) : 1), .. Enumerable.Repeat(1, isLeft ? 0 : elided)];

        int Known(int? size, char axis) => size ?? throw new ValueError($"Axis '{axis}' of equation '{layer.equation}' decides the shape of weights of layer "
            + $"'{layer.name}' and must be a number. Received: input_shape={input}, output_shape={layer.OutputShape}");
    }

    /// <summary>The output's shape.</summary>
    public Shape Output { get; }

    /// <summary>The kernel's shape.</summary>
    public int[] Kernel { get; }

    /// <summary>The bias' shape; <c>null</c> for none.</summary>
    public int[]? Bias { get; }

    /// <summary>The initializer; one that scales by inputs and outputs is told which axes of the kernel these are.</summary>
    public Initializer For(Initializer initializer)
    {
        int[] AxesWhere(bool isOutput) => [.. Enumerable.Range(0, _kernel.Length).Where(i => _output.Contains(_kernel[i]) == isOutput)];
        return initializer is VarianceScaling { input_axes: null } or VarianceScaling { output_axes: null }
            ? ((VarianceScaling)initializer).Over(AxesWhere(isOutput: false), AxesWhere(isOutput: true)) : initializer;
    }

    /// <summary>The product of the equation.</summary>
    public Tensor Product(Graph g, Tensor x, Tensor kernel) => g.Einsum(_axes, [x, kernel]);
}
