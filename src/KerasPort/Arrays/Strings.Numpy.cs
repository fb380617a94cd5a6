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
    internal string Written() => shape.Length == 0 ? IsOfNumpy ? Text(0) : Word(0) : Body(" ", "", PrintOptions.Current.LineWidth);

    /// <summary>The text that numpy shows inside of a list: <c>array(['cat', 'dog'], dtype='&lt;U3')</c>.</summary>
    internal string Repr()
    {
        if (shape.Length == 0) return Word(0);
        const string prefix = "array(";
        string type = IsOfNumpy ? $"'<U{Math.Max(1, Values.Max(text => (int?)text.Length) ?? 0)}'" : "object";
        return NDArray.WithType(prefix + Body(", ", prefix, PrintOptions.Current.LineWidth - 1) + ",", prefix, type);
    }

    private string Body(string separator, string prefix, int width) => Count == 0 ? "[]" : NDArray.Laid([.. shape], Word, separator, prefix, width);

    private string Word(int index) => IsOfNumpy ? PythonText.Repr(Text(index)) : Repr(Bytes(index));
}
