namespace KerasPort;

/// <summary>What a Python program has after its imports: <c>using static KerasPort.Python;</c> gives tf, keras and print.</summary>
public static partial class Python
{
    /// <summary><c>import tensorflow as tf</c>.</summary>
    public static TensorFlowModule tf { get; } = new();

    /// <summary><c>import keras</c>.</summary>
    public static KerasModule keras { get; } = new();

    /// <summary><c>import numpy as np</c>.</summary>
    public static NumpyModule np { get; } = new();

    /// <summary><c>import math</c>.</summary>
    public static MathModule math { get; } = new();

    /// <summary>Python's <c>...</c> between brackets: as many whole axes as the other indices leave.</summary>
    public static Slice Ellipsis => KerasPort.Slice.Ellipsis;

    /// <summary>Python's <c>start:stop:step</c> between brackets: <c>x[Slice(step: 2)]</c> is <c>x[::2]</c>.</summary>
    /// <exception cref="ValueError">The step is 0.</exception>
    public static Slice Slice(int? start = null, int? stop = null, int step = 1) => new(start, stop, step);
}
