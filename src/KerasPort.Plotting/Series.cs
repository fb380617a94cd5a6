using System.Collections;
using System.Runtime.CompilerServices;
using KerasPort.Pictures;

namespace KerasPort.Plotting;

/// <summary>Data to draw: numbers of any shape, names, or text. Converts from an array, a list, <c>[1, 2, 3]</c> or a picture.</summary>
[CollectionBuilder(typeof(Series), nameof(Create))]
public sealed class Series : IEnumerable<SeriesItem>
{
    private Series(double[] values, int[] shape, bool isWhole) => (Values, Shape, IsWhole) = (values, shape, isWhole);

    /// <summary>A series of these entries.</summary>
    /// <exception cref="ValueError">Some are names and some numbers.</exception>
    public static Series Create(ReadOnlySpan<SeriesItem> items)
    {
        SeriesItem[] all = [.. items];
        if (all.Length > 0 && Array.TrueForAll(all, item => item.Array is not null))
        {
            NDArray[] parts = Array.ConvertAll(all, item => item.Array!);
            double[] values = [.. parts.SelectMany(part => part.ToDoubles())];
            bool areAlike = Array.TrueForAll(parts, part => part.size == parts[0].size);
            return new(values, areAlike ? [parts.Length, parts[0].size] : [values.Length], false) { Parts = parts };
        }
        if (Array.Exists(all, item => item.Array is not null)) throw new ValueError("A list holds arrays or numbers, not both.");
        if (all.Length > 0 && Array.TrueForAll(all, item => item.Name is not null)) return Named(Array.ConvertAll(all, item => item.Name!));
        if (Array.Find(all, item => item.Name is not null) is { Name: { } name })
            throw new ValueError($"A list holds names or numbers, not both. Received: {PythonText.Repr(name)}");
        return Of(Array.ConvertAll(all, item => item.Number), Array.TrueForAll(all, item => item.IsWhole));
    }

    /// <summary>The numbers in C order; for names their positions.</summary>
    internal double[] Values { get; }

    /// <summary>The shape.</summary>
    internal int[] Shape { get; }

    /// <summary>Whether the type is an integer: in a picture, bytes rather than fractions of 1.</summary>
    internal bool IsWhole { get; }

    /// <summary>The arrays, where it is a list of arrays of several numbers.</summary>
    internal NDArray[]? Parts { get; private init; }

    /// <summary>The names, where it consists of names.</summary>
    internal string[]? Names { get; private init; }

    /// <summary>The text, such as the format of a line, where it is one.</summary>
    internal string? Text { get; private init; }

    /// <summary>The values of a property cycle: <c>plt.rcParams["axes.prop_cycle"].by_key()["color"]</c>.</summary>
    /// <exception cref="ValueError">The series isn't a cycle of colours.</exception>
    public Dictionary<string, string[]> by_key() =>
        new() { ["color"] = Names ?? throw new ValueError("`by_key` is of a cycle of colours, `axes.prop_cycle`.") };

    /// <summary>The numbers, or names' positions, of one dimension.</summary>
    /// <exception cref="ValueError">The series is something else.</exception>
    internal double[] Flat(string what)
    {
        if (Text is not null) throw new ValueError($"`{what}` must be numbers. Received: {PythonText.Repr(Text)}");
        if (Shape.Length > 2 || (Shape.Length == 2 && Shape[0] != 1 && Shape[1] != 1))
            throw new ValueError($"`{what}` must be 1-dimensional. Received: shape={new ArrayShape(Shape)}");
        return Values;
    }

    /// <summary>A series of any enumerable: <c>range</c>'s result, <c>history.epoch</c>, a query.</summary>
    /// <exception cref="ValueError">An element isn't a number.</exception>
    internal static Series From(IEnumerable items) => items switch
    {
        Series series => series,
        string text => text,
        _ => Of([.. items.Cast<object>().Select(item => item is IConvertible and not string
            ? Convert.ToDouble(item, System.Globalization.CultureInfo.InvariantCulture)
            : item is NDArray number ? number.item() : throw new ValueError($"Numbers are drawn. Received: {PythonText.Repr(item)}"))]),
    };

    private static Series Of(double[] values, bool isWhole = false) => new(values, [values.Length], isWhole);

    private static Series Named(string[] names) => new([.. Enumerable.Range(0, names.Length)], [names.Length], true) { Names = names };

    /// <inheritdoc/>
    public IEnumerator<SeriesItem> GetEnumerator() => Values.Select(value => new SeriesItem(value, IsWhole, null)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>An array.</summary>
    public static implicit operator Series(NDArray values) =>
        values is null ? null! : new(values.ToDoubles(), [.. values.shape], values.dtype != DType.float32 && values.dtype != DType.float64);

    /// <summary>A tensor that holds values.</summary>
    public static implicit operator Series(Tensor values) => values?.numpy()!;

    /// <summary>A picture.</summary>
    public static implicit operator Series(Image picture) => (NDArray)picture;

    /// <summary>A number.</summary>
    public static implicit operator Series(double value) => new([value], [1], false);

    /// <summary>True or false, for a setting.</summary>
    public static implicit operator Series(bool value) => new([value ? 1 : 0], [1], true);

    /// <summary>Two numbers, such as <c>plt.ylim()</c>'s result.</summary>
    public static implicit operator Series((double, double) values) => Of([values.Item1, values.Item2]);

    /// <summary>Four numbers, such as the sides of a rectangle.</summary>
    public static implicit operator Series((double, double, double, double) values) => Of([values.Item1, values.Item2, values.Item3, values.Item4]);

    /// <summary>Numbers.</summary>
    public static implicit operator Series(double[] values) => values is null ? null! : Of(values);

    /// <summary>Numbers.</summary>
    public static implicit operator Series(float[] values) => values is null ? null! : Of(Array.ConvertAll(values, v => (double)v));

    /// <summary>Numbers.</summary>
    public static implicit operator Series(int[] values) => values is null ? null! : Of(Array.ConvertAll(values, v => (double)v), true);

    /// <summary>Numbers.</summary>
    public static implicit operator Series(long[] values) => values is null ? null! : Of(Array.ConvertAll(values, v => (double)v), true);

    /// <summary>Numbers.</summary>
    public static implicit operator Series(List<double> values) => values is null ? null! : Of([.. values]);

    /// <summary>Numbers.</summary>
    public static implicit operator Series(List<float> values) => values is null ? null! : Of([.. values.Select(v => (double)v)]);

    /// <summary>Numbers.</summary>
    public static implicit operator Series(List<int> values) => values is null ? null! : Of([.. values.Select(v => (double)v)], true);

    /// <summary>Names, which are drawn side by side.</summary>
    public static implicit operator Series(string[] names) => names is null ? null! : Named(names);

    /// <summary>Names.</summary>
    public static implicit operator Series(List<string> names) => names is null ? null! : Named([.. names]);

    /// <summary>Text: the format of a line.</summary>
    public static implicit operator Series(string text) => text is null ? null! : new([], [0], false) { Text = text };
}

/// <summary>An element of a list that is drawn.</summary>
public readonly struct SeriesItem
{
    internal SeriesItem(double number, bool isWhole, string? name, NDArray? array = null) => (Number, IsWhole, Name, Array) = (number, isWhole, name, array);

    internal NDArray? Array { get; }

    internal double Number { get; }

    internal bool IsWhole { get; }

    internal string? Name { get; }

    /// <summary>A number.</summary>
    public static implicit operator SeriesItem(double number) => new(number, false, null);

    /// <summary>A whole number.</summary>
    public static implicit operator SeriesItem(int number) => new(number, true, null);

    /// <summary>An array, or the number of an array of size 1.</summary>
    public static implicit operator SeriesItem(NDArray number) => number.size == 1 ? new(number.item(), false, null) : new(0, false, null, number);

    /// <summary>A number of numpy's, such as <c>x.max()</c>.</summary>
    public static implicit operator SeriesItem(NumpyScalar number) => new((double)number, false, null);

    /// <summary>A name.</summary>
    public static implicit operator SeriesItem(string name) => new(0, false, name);
}
