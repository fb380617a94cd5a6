using System.Globalization;
using System.Runtime.CompilerServices;

namespace KerasPort.Layers;

/// <summary>An array of strings, which only layers of tables take: a <c>string[]</c> or a <c>string[,]</c>, which turn into it by themselves.</summary>
[CollectionBuilder(typeof(Strings), nameof(Create))]
public sealed class Strings
{
    private Strings(string[] values, ArrayShape shape)
    {
        if (values.Any(value => value is null)) throw new ValueError("None values not supported: one of the strings is None.");
        (Values, this.shape) = (values, shape);
    }

    /// <summary>The dimensions.</summary>
    public ArrayShape shape { get; }

    internal string[] Values { get; }

    /// <summary>The strings of a collection expression.</summary>
    /// <exception cref="ValueError">One of them is null.</exception>
    public static Strings Create(ReadOnlySpan<string> values) => new(values.ToArray(), ArrayShape.Create([values.Length]));

    /// <summary>For collection expressions.</summary>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)Values).GetEnumerator();

    /// <summary>A row of strings.</summary>
    public static implicit operator Strings(string[] values) => Create(values ?? throw new ValueError("None values not supported: there are no strings."));

    /// <summary>Rows of strings.</summary>
    public static implicit operator Strings(string[,] values) => new([.. values.Cast<string>()], ArrayShape.Create([values.GetLength(0), values.GetLength(1)]));
}

/// <summary>A column of a table: whole numbers, or strings.</summary>
public sealed class Column
{
    private readonly NDArray? _numbers;
    private readonly Strings? _texts;

    private Column(NDArray? numbers, Strings? texts) => (_numbers, _texts) = (numbers, texts);

    /// <summary>The dimensions.</summary>
    public ArrayShape shape => _numbers?.shape ?? _texts!.shape;

    internal string[]? Texts => _texts?.Values;

    /// <summary>The elements as texts: numbers as TensorFlow writes them, without what is behind the point.</summary>
    internal string[] AsTexts() => Texts ?? Array.ConvertAll(Numbers(), number => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The elements as whole numbers.</summary>
    internal long[] Numbers() => _numbers?.ToLongs() ?? throw new ValueError("Strings aren't whole numbers.");

    internal bool IsFraction => _numbers is { } numbers && (numbers.dtype == DType.float32 || numbers.dtype == DType.float64);

    /// <summary>Numbers.</summary>
    public static implicit operator Column(NDArray numbers) => new(numbers ?? throw new ValueError("None values not supported: a column is an array."), null);

    /// <summary>Numbers.</summary>
    public static implicit operator Column(int[] numbers) => (NDArray)numbers;

    /// <summary>Numbers.</summary>
    public static implicit operator Column(long[] numbers) => (NDArray)numbers;

    /// <summary>Strings.</summary>
    public static implicit operator Column(Strings texts) => new(null, texts);

    /// <summary>Strings.</summary>
    public static implicit operator Column(string[] texts) => (Strings)texts;

    /// <summary>Strings.</summary>
    public static implicit operator Column(string[,] texts) => (Strings)texts;
}
