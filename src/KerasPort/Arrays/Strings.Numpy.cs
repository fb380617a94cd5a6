using System.Globalization;

namespace KerasPort;

/// <content>numpy's arrays of strings: <c>np.array(["cat", "dog"])</c>.</content>
public sealed partial class Strings
{
    /// <summary>Whether it is an array of numpy's, not TensorFlow's.</summary>
    internal bool IsOfNumpy { get; private init; }

    /// <summary>The string at an index; -1 is the last.</summary>
    /// <exception cref="ValueError">The index is out of range, or these are rows of strings.</exception>
    public string this[int index] => shape.Length == 1 && index < Count && index >= -Count ? Text(index < 0 ? index + Count : index)
        : throw new ValueError($"index {index} is out of bounds for strings of shape {shape}");

    /// <summary>A part, as of an array of numbers: <c>names[..3]</c>, <c>names[indices]</c>, <c>names[mask]</c>.</summary>
    /// <exception cref="ValueError">An index is out of range.</exception>
    public Strings this[params ReadOnlySpan<Slice> slices] => Part([.. slices]);

    /// <summary>Where the strings are equal.</summary>
    public static NDArray operator ==(Strings x, Strings y) => Equal(x, y);

    /// <summary>Where the strings differ.</summary>
    public static NDArray operator !=(Strings x, Strings y) => ~Equal(x, y);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>The numbers that the strings contain.</summary>
    /// <exception cref="ValueError">A string contains no number of that type.</exception>
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

    /// <summary>The strings as an array of numpy's.</summary>
    internal Strings OfNumpy() => new(_texts, _bytes, shape) { IsOfNumpy = true };

    /// <summary>The text that numpy prints: <c>['cat' 'dog']</c>; a single string without quotes.</summary>
    private string Written()
    {
        if (shape.Length == 0) return Text(0);
        int at = 0;
        return Nested(0);

        string Nested(int axis)
        {
            string indent = new(' ', axis + 1);
            if (axis < shape.Length - 1) return $"[{string.Join("\n" + indent, Enumerable.Range(0, shape[axis]).Select(_ => Nested(axis + 1)))}]";
            // Of the 75 characters of a line, one is for each axis' bracket.
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
