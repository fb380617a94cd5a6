using System.Globalization;

namespace KerasPort;

/// <content>Strings as numpy has them: <c>np.array(["cat", "dog"])</c>.</content>
public sealed partial class Strings
{
    /// <summary>Whether they are numpy's.</summary>
    internal bool IsOfNumpy { get; private init; }

    /// <summary>The string at a place; -1 is the last.</summary>
    /// <exception cref="ValueError">There is none, or these are rows of strings.</exception>
    public string this[int index] => shape.Length == 1 && index < Count && index >= -Count ? Text(index < 0 ? index + Count : index)
        : throw new ValueError($"index {index} is out of bounds for strings of shape {shape}");

    /// <summary>A part, as of an array: <c>names[..3]</c>, <c>names[places]</c>, <c>names[mask]</c>.</summary>
    /// <exception cref="ValueError">A place lies outside.</exception>
    public Strings this[params ReadOnlySpan<Slice> slices] => Part([.. slices]);

    /// <summary>Where a string is another one.</summary>
    public static NDArray operator ==(Strings x, Strings y) => Equal(x, y);

    /// <summary>Where a string is none of the other.</summary>
    public static NDArray operator !=(Strings x, Strings y) => ~Equal(x, y);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>The numbers that they say.</summary>
    /// <exception cref="ValueError">One says none of that type.</exception>
    public NDArray astype(DType dtype)
    {
        double[] numbers = Array.ConvertAll(Values, text =>
            double.TryParse(text, dtype.IsInexact ? NumberStyles.Float : NumberStyles.Integer, CultureInfo.InvariantCulture, out double number) ? number
            : throw new ValueError(dtype.IsInexact ? $"could not convert string to float: {PythonText.Repr(text)}"
                : $"invalid literal for int() with base 10: {PythonText.Repr(text)}"));
        return NDArray.Of(numbers, shape).astype(dtype);
    }

    /// <summary>The strings as a list.</summary>
    public List<string> tolist() => [.. Values];

    /// <summary>The same as numpy's.</summary>
    internal Strings OfNumpy() => new(_texts, _bytes, shape) { IsOfNumpy = true };

    /// <summary>As numpy prints them: <c>['cat' 'dog']</c>; one without its quotes.</summary>
    private string Written()
    {
        if (shape.Length == 0) return Text(0);
        int at = 0;
        return Nested(0);

        string Nested(int axis)
        {
            string indent = new(' ', axis + 1);
            if (axis < shape.Length - 1) return $"[{string.Join("\n" + indent, Enumerable.Range(0, shape[axis]).Select(_ => Nested(axis + 1)))}]";
            // Of a line of 75 each axis' bracket takes one away.
            var (lines, line) = (new List<string>(), indent);
            for (int i = 0; i < shape[axis]; i++)
            {
                string word = PythonText.Repr(Text(at++));
                if (i > 0 && line.Length + word.Length > 74 - axis)
                {
                    lines.Add(line.TrimEnd());
                    line = indent;
                }
                line += word + " ";
            }
            return $"[{string.Join("\n", [.. lines, line.TrimEnd()])[indent.Length..]}]";
        }
    }
}
