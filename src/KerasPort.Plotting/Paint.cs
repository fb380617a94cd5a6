using System.Collections;
using System.Runtime.CompilerServices;
using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>
/// A colour, several, or numbers that a colour map turns into colours. Colours are in matplotlib's notation: <c>"r"</c>, <c>"red"</c>,
/// <c>"#777777"</c>, <c>"C0"</c>, <c>"tab:blue"</c>, <c>"0.5"</c> (grey), <c>(1.0, 0.5, 0.0)</c>.
/// </summary>
[CollectionBuilder(typeof(Paint), nameof(Create))]
public sealed class Paint : IEnumerable<PaintItem>
{
    private Paint(Color[]? colors, double[]? values) => (Colors, Values) = (colors, values);

    /// <summary>Several colours, or numbers that a colour map turns into colours: <c>["red", "blue"]</c>, <c>[0, 1, 1]</c>.</summary>
    /// <exception cref="ValueError">Some are colours and some numbers.</exception>
    public static Paint Create(ReadOnlySpan<PaintItem> items)
    {
        PaintItem[] all = [.. items];
        if (Array.TrueForAll(all, item => item.Color is not null)) return new(Array.ConvertAll(all, item => item.Color!.Value), null);
        return Array.TrueForAll(all, item => item.Color is null) ? new(null, Array.ConvertAll(all, item => item.Number))
            : throw new ValueError("A list holds colours or numbers, not both.");
    }

    /// <inheritdoc/>
    public IEnumerator<PaintItem> GetEnumerator() =>
        (Colors?.Select(color => new PaintItem(color, 0)) ?? Values!.Select(value => new PaintItem(null, value))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The colours; <c>null</c> where these are numbers.</summary>
    internal Color[]? Colors { get; }

    /// <summary>The numbers; <c>null</c> where these are colours.</summary>
    internal double[]? Values { get; }

    /// <summary>The only colour.</summary>
    /// <exception cref="ValueError">These are several colours, or numbers.</exception>
    internal Color Only(string what) => Colors is [var only] ? only
        : throw new ValueError($"`{what}` must be one colour. Received: {(Colors is null ? $"{Values!.Length} numbers" : $"{Colors.Length} colours")}");

    /// <summary>A colour by name.</summary>
    /// <exception cref="ValueError">The name is unknown.</exception>
    public static implicit operator Paint(string name) => name is null ? null! : new([ColorNames.Parse(name)], null);

    /// <summary>Red, green and blue, from 0 to 1.</summary>
    public static implicit operator Paint((double Red, double Green, double Blue) color) => new([ColorNames.Of(color.Red, color.Green, color.Blue)], null);

    /// <summary>Red, green, blue and opacity, from 0 to 1, as a colour map gives them.</summary>
    public static implicit operator Paint((double Red, double Green, double Blue, double Alpha) color) =>
        new([Artist.Faded(ColorNames.Of(color.Red, color.Green, color.Blue), color.Alpha)], null);

    /// <summary>Several colours.</summary>
    public static implicit operator Paint(string[] names) => names is null ? null! : new(Array.ConvertAll(names, ColorNames.Parse), null);

    /// <summary>Several colours.</summary>
    public static implicit operator Paint(List<string> names) => names is null ? null! : new([.. names.Select(ColorNames.Parse)], null);

    /// <summary>Numbers that a colour map turns into colours.</summary>
    public static implicit operator Paint(NDArray values) => values is null ? null! : new(null, ((Series)values).Flat("c"));

    /// <summary>Numbers that a colour map turns into colours.</summary>
    public static implicit operator Paint(double[] values) => values is null ? null! : new(null, values);

    /// <summary>Numbers that a colour map turns into colours.</summary>
    public static implicit operator Paint(int[] values) => values is null ? null! : new(null, Array.ConvertAll(values, v => (double)v));

    /// <summary>Numbers that a colour map turns into colours.</summary>
    public static implicit operator Paint(List<double> values) => values is null ? null! : new(null, [.. values]);

    /// <summary>Numbers that a colour map turns into colours.</summary>
    public static implicit operator Paint(List<int> values) => values is null ? null! : new(null, [.. values.Select(v => (double)v)]);

    internal static Paint Of(Color color) => new([color], null);
}

/// <summary>An entry of a list of colours, or of numbers that a colour map turns into colours.</summary>
public readonly struct PaintItem
{
    internal PaintItem(Color? color, double number) => (Color, Number) = (color, number);

    internal Color? Color { get; }

    internal double Number { get; }

    /// <summary>A colour by name.</summary>
    /// <exception cref="ValueError">The name is unknown.</exception>
    public static implicit operator PaintItem(string name) => new(ColorNames.Parse(name), 0);

    /// <summary>Red, green and blue, from 0 to 1.</summary>
    public static implicit operator PaintItem((double Red, double Green, double Blue) color) => new(ColorNames.Of(color.Red, color.Green, color.Blue), 0);

    /// <summary>Red, green, blue and opacity, from 0 to 1, as a colour map gives them.</summary>
    public static implicit operator PaintItem((double Red, double Green, double Blue, double Alpha) color) =>
        new(Artist.Faded(ColorNames.Of(color.Red, color.Green, color.Blue), color.Alpha), 0);

    /// <summary>A number.</summary>
    public static implicit operator PaintItem(double number) => new(null, number);

    /// <summary>A number.</summary>
    public static implicit operator PaintItem(int number) => new(null, number);
}
