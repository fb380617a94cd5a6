using System.Collections;
using System.Globalization;
using System.Text;

namespace KerasPort;

/// <summary>
/// An array of strings: <c>string</c>, <c>string[]</c> and <c>string[,]</c> convert to it implicitly, and it converts to a tensor of <c>tf.string</c>. As in
/// TensorFlow a string is bytes: the content of a file as it is, text in UTF-8. Those of <c>np.array(names)</c> are numpy's, which print as text, and
/// are indexed, compared and counted as its numbers are.
/// </summary>
[CollectionBuilder(typeof(Strings), nameof(Create))]
public sealed partial class Strings : IEnumerable<string>
{
    private readonly string?[] _texts;
    private readonly byte[]?[] _bytes;

    private Strings(string?[] texts, byte[]?[] bytes, ArrayShape shape) => (_texts, _bytes, this.shape) = (texts, bytes, shape);

    private Strings(string[] values, ArrayShape shape) : this(values, new byte[]?[values.Length], shape)
    {
        if (values.Any(value => value is null)) throw new ValueError("None values not supported: one of the strings is None.");
    }

    /// <summary>The dimensions.</summary>
    public ArrayShape shape { get; }

    /// <summary>The number of strings.</summary>
    internal int Count => _texts.Length;

    /// <summary>The strings as text, row-major.</summary>
    internal string[] Values => [.. Enumerable.Range(0, Count).Select(Text)];

    /// <summary>Creates strings from a collection expression.</summary>
    /// <exception cref="ValueError">One of them is null.</exception>
    public static Strings Create(ReadOnlySpan<string> values) => new(values.ToArray(), ArrayShape.Create([values.Length]));

    /// <summary>Enumerates the strings; required for collection expressions.</summary>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)Values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Converts a string, without a dimension.</summary>
    public static implicit operator Strings(string value) => new([value], ArrayShape.Create([]));

    /// <summary>Converts a row of strings.</summary>
    public static implicit operator Strings(string[] values) => Create(values ?? throw new ValueError("None values not supported: there are no strings."));

    /// <summary>Converts a row of strings.</summary>
    public static implicit operator Strings(List<string> values) => (Strings)values?.ToArray()!;

    /// <summary>Converts rows of strings.</summary>
    public static implicit operator Strings(string[,] values) => new([.. values.Cast<string>()], ArrayShape.Create([values.GetLength(0), values.GetLength(1)]));

    /// <summary>Converts to the strings, row-major: <c>vocabulary: np.array("a", "b")</c>.</summary>
    public static implicit operator string[](Strings strings) => strings?.Values!;

    /// <summary>A string of these bytes.</summary>
    internal static Strings Of(byte[] bytes) => new([null], [bytes], ArrayShape.Create([]));

    /// <summary>Strings of that shape.</summary>
    internal static Strings Of(string[] values, ArrayShape shape) => new(values, shape);

    /// <summary>Strings of these bytes, in that shape.</summary>
    internal static Strings Of(byte[][] values, ArrayShape shape) => new(new string?[values.Length], values, shape);

    /// <summary>Stacks strings of one shape as rows.</summary>
    /// <exception cref="ValueError">Their shapes differ.</exception>
    internal static Strings Stack(IReadOnlyList<Strings> rows)
    {
        for (int i = 1; i < rows.Count; i++)
        {
            if (rows[i].shape != rows[0].shape)
                throw new ValueError("Cannot batch tensors with different shapes. "
                    + $"First element had shape {rows[0].shape} and element {i} had shape {rows[i].shape}.");
        }
        return new([.. rows.SelectMany(row => row._texts)], [.. rows.SelectMany(row => row._bytes)], ArrayShape.Create([rows.Count, .. rows[0].shape]));
    }

    /// <summary>A string as text.</summary>
    internal string Text(int index) => _texts[index] ??= Encoding.UTF8.GetString(_bytes[index]!);

    /// <summary>A string as bytes, not copied.</summary>
    internal byte[] Bytes(int index) => _bytes[index] ??= Encoding.UTF8.GetBytes(_texts[index]!);

    /// <summary>The strings at these indices, in the shape of the indices.</summary>
    internal Strings At(NDArray places)
    {
        int[] each = places.ToInts();
        return new(Array.ConvertAll(each, place => _texts[place]), Array.ConvertAll(each, place => _bytes[place]), places.shape) { IsOfNumpy = IsOfNumpy };
    }

    /// <summary>A part, as of an array of numbers.</summary>
    internal Strings Part(Slice[] slices) => At(Places[slices]);

    /// <summary>The row-major index of each string, in the same shape.</summary>
    internal NDArray Places => new(Enumerable.Range(0, Count).ToArray(), shape);

    /// <summary>The same strings in another shape.</summary>
    internal Strings Reshaped(Shape to) => At(Places.reshape(to));

    /// <summary>Applies a function to each string.</summary>
    internal Strings Map(Func<string, string> function) => new(Array.ConvertAll(Values, value => function(value)), shape);

    /// <summary>Applies a function to each string and returns its numbers, in the same shape.</summary>
    internal NDArray Map<T>(Func<string, T> function) where T : unmanaged => NDArray.Of(Array.ConvertAll(Values, value => function(value)), shape);

    /// <summary>Where strings are equal, with broadcasting.</summary>
    internal static NDArray Equal(Strings x, Strings y)
    {
        // Each distinct string gets a number, and the numbers are compared.
        var numbers = new Dictionary<string, int>();
        NDArray Numbered(Strings all) => all.Map(text => numbers.TryGetValue(text, out int number) ? number : numbers[text] = numbers.Count);
        return Numbered(x) == Numbered(y);
    }

    /// <summary>The concatenated bytes, and the length of each string.</summary>
    internal (NDArray Bytes, NDArray Lengths) Packed()
    {
        byte[][] all = [.. Enumerable.Range(0, Count).Select(Bytes)];
        return (all.SelectMany(bytes => bytes).ToArray(), new NDArray(Array.ConvertAll(all, bytes => (long)bytes.Length), shape));
    }

    /// <summary>The strings that <see cref="Packed"/> has packed.</summary>
    /// <exception cref="ValueError">The lengths don't add up to the bytes.</exception>
    internal static Strings Unpacked(NDArray bytes, NDArray lengths)
    {
        long[] each = lengths.ToLongs();
        if (!bytes.TryGetBytes(out byte[]? all, out _, out int at) || each.Any(length => length < 0 || length > bytes.size) || each.Sum() != bytes.size)
            throw new ValueError("its strings aren't as long as it says");
        return Of(Array.ConvertAll(each, length => all[at..(at += (int)length)]), lengths.shape);
    }

    /// <summary>As Python shows them: <c>b'cat'</c>, <c>array([b'cat', b'dog'], dtype=object)</c>.</summary>
    public override string ToString() => IsOfNumpy ? Written() : Repr();

    private static string Repr(byte[] bytes)
    {
        char quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        var text = new StringBuilder("b").Append(quote);
        foreach (byte b in bytes)
        {
            _ = b switch
            {
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'\\' => text.Append("\\\\"),
                _ when b == quote => text.Append('\\').Append(quote),
                >= 32 and < 127 => text.Append((char)b),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}"),
            };
        }
        return text.Append(quote).ToString();
    }
}
