using KerasPort.Saving;

namespace KerasPort.Initializers;

/// <summary>
/// The kernel [frame, 1, frequencies] of a convolution that computes the real or imaginary part of a short-time Fourier transform:
/// cos or sin of -2π · time · frequency / (2 · (frequencies - 1)), multiplied by a window.
/// </summary>
[Alias("STFTInitializer")]
public sealed class STFT : Initializer
{
    /// <summary>The coefficients of windows that are sums of cosines: Σ a[k] · cos(k · x), x from -π to π.</summary>
    private static readonly Dictionary<string, double[]> s_cosines = new()
    {
        ["boxcar"] = [1],
        ["hann"] = [0.5, 0.5],
        ["hamming"] = [0.54, 0.46],
        ["blackman"] = [0.42, 0.5, 0.08],
    };

    /// <summary>Creates a kernel of one part.</summary>
    /// <param name="side"><c>"real"</c>, or <c>"imag"</c>.</param>
    /// <param name="window">SciPy's name of the window; <c>null</c> for none.</param>
    /// <param name="scaling">
    /// The normalization of the window: by the root of its sum of squares, <c>"density"</c>, by its sum, <c>"spectrum"</c>, or none, <c>null</c>.
    /// </param>
    /// <param name="periodic">Whether the window is periodic rather than symmetric.</param>
    /// <exception cref="ValueError">There is no such part, window or scaling.</exception>
    public STFT(string side = "real", string? window = "hann", string? scaling = "density", bool periodic = false)
    {
        if (side is not ("real" or "imag")) throw new ValueError($"side should be 'real' or 'imag', not {side}");
        if (window is not (null or "bartlett") && !s_cosines.ContainsKey(window))
            throw new ValueError($"Unknown window type. Expected one of bartlett, {string.Join(", ", s_cosines.Keys)}. Received: window={window}");
        if (scaling is not (null or "density" or "spectrum"))
            throw new ValueError($"Scaling is invalid, it must be `None`, 'density' or 'spectrum'. Received scaling={scaling}");
        (this.side, this.window, this.scaling, this.periodic) = (side, window, scaling, periodic);
    }

    /// <summary>The part: <c>"real"</c> or <c>"imag"</c>.</summary>
    public string side { get; }

    /// <summary>The window.</summary>
    public string? window { get; }

    /// <summary>The normalization of the window.</summary>
    public string? scaling { get; }

    /// <summary>Whether the window is periodic rather than symmetric.</summary>
    public bool periodic { get; }

    /// <inheritdoc/>
    public override float[] Values(int[] shape)
    {
        if (shape is not [int frame, int channels, int frequencies] || frequencies < 2)
            throw new ValueError($"An STFT kernel has a shape of (frame, channels, frequencies). Received: shape={new Shape([.. shape])}");
        float[] under = window is null ? [.. Enumerable.Repeat(1f, frame)] : Array.ConvertAll(Window(frame), value => (float)value);
        float scale = window is null || scaling is null ? 1 : scaling == "density" ? MathF.Sqrt(under.Sum(v => v * v)) : under.Sum(MathF.Abs);
        var values = Room([frame, frequencies]);
        for (int time = 0; time < frame; time++)
            for (int f = 0; f < frequencies; f++)
            {
                // As Keras computes it in float32: the angle is rounded before it is reduced.
                float angle = -2f * time * ((float)f / ((frequencies - 1) * 2)) * MathF.PI;
                values[time * frequencies + f] = (float)(side == "real" ? Math.Cos(angle) : Math.Sin(angle)) * under[time] / scale;
            }
        return channels == 1 ? values : throw new ValueError($"An STFT kernel is of one channel. Received: shape={new Shape([.. shape])}");
    }

    private double[] Window(int length)
    {
        // A periodic window is a symmetric one of one more value, without the last.
        int places = periodic ? length + 1 : length;
        double At(int n) => window == "bartlett" ? 1 - Math.Abs(2.0 * n / (places - 1) - 1)
            : s_cosines[window!].Select((factor, k) => factor * Math.Cos(k * (-Math.PI + 2 * Math.PI * n / (places - 1)))).Sum();
        return length == 1 ? [1] : [.. Enumerable.Range(0, length).Select(At)];
    }
}
