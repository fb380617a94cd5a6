using System.Globalization;

namespace KerasPort.Console.Lessons;

/// <summary>
/// The weights by which a convolution multiplies a pixel and its neighbours before it sums them. A filter of two kernels gives √(a² + b²): the steepness
/// of the picture in any direction.
/// </summary>
internal sealed record Filter(string Name, int Size, float[][] Kernels)
{
    // Divided by 4, so that a step from black to white gives white.
    private static readonly float[] SobelX = [-0.25f, 0, 0.25f, -0.5f, 0, 0.5f, -0.25f, 0, 0.25f],
        SobelY = [-0.25f, -0.5f, -0.25f, 0, 0, 0, 0.25f, 0.5f, 0.25f];

    public static readonly IReadOnlyList<Filter> Known =
    [
        new("edges", 3, [[-1, -1, -1, -1, 8, -1, -1, -1, -1]]),
        new("sharpen", 3, [[0, -1, 0, -1, 5, -1, 0, -1, 0]]),
        new("blur", 3, [Product(1 / 9f, 1, 1, 1)]),
        new("gauss", 5, [Product(1 / 256f, 1, 4, 6, 4, 1)]),
        new("sobel-x", 3, [SobelX]),
        new("sobel-y", 3, [SobelY]),
        new("sobel", 3, [SobelX, SobelY]),
    ];

    public static readonly string Expected =
        $"{string.Join(", ", Known.Select(f => f.Name))}, or 9 numbers (3x3) or 25 (5x5), row by row";

    /// <summary>Whether it gives 0 where a picture is uniform, so that its results are thin lines.</summary>
    public bool FindsLines => Kernels.All(kernel => Math.Abs(kernel.Sum()) < 0.01f * kernel.Sum(Math.Abs));

    /// <exception cref="UsageException">The text is neither the name nor the numbers of a filter.</exception>
    public static Filter Parse(string text)
    {
        if (Known.FirstOrDefault(f => f.Name == text) is { } known) return known;
        string[] words = text.Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = words.Select(word => float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float n) ? n : float.NaN).ToArray();
        int wrong = Array.FindIndex(numbers, n => !float.IsFinite(n));
        if (numbers.Length is not (9 or 25) || wrong >= 0)
            throw new UsageException($"--filter: expected {Expected}; got \"{text}\""
                + (words.Length == 1 ? Spelling.Nearest(text, [.. Known.Select(f => f.Name)])
                    : wrong >= 0 ? $", of which \"{words[wrong]}\" is no number" : $", {words.Length} numbers"));
        return new Filter("your filter", numbers.Length == 9 ? 3 : 5, [numbers]);
    }

    /// <summary>The outer product of a row of numbers with itself, times a factor.</summary>
    private static float[] Product(float factor, params int[] row)
    {
        var kernel = new float[row.Length * row.Length];
        for (int i = 0; i < kernel.Length; i++) kernel[i] = row[i / row.Length] * row[i % row.Length] * factor;
        return kernel;
    }
}
