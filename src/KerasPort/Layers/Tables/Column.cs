using System.Globalization;

namespace KerasPort.Layers;

/// <summary>A column of a table: whole numbers, or strings.</summary>
public sealed class Column
{
    private readonly NDArray? _numbers;
    private readonly Strings? _texts;

    private Column(NDArray? numbers, Strings? texts) => (_numbers, _texts) = (numbers, texts);

    /// <summary>The dimensions.</summary>
    public ArrayShape shape => _numbers?.shape ?? _texts!.shape;

    internal string[]? Texts => _texts?.Values;

    /// <summary>The elements as texts; numbers are written as TensorFlow does it, without decimals.</summary>
    internal string[] AsTexts() => Texts ?? Array.ConvertAll(Numbers(), number => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The elements as whole numbers.</summary>
    internal long[] Numbers() => _numbers?.ToLongs() ?? throw new ValueError("Strings aren't whole numbers.");

    internal bool IsFraction => _numbers is { dtype.IsInexact: true };

    /// <summary>Numbers.</summary>
    public static implicit operator Column(NDArray numbers) => new(numbers ?? throw new ValueError("None values not supported: a column is an array."), null);

    /// <summary>The numbers or strings of a tensor.</summary>
    public static implicit operator Column(Tensor tensor) => tensor?.Texts is { } texts ? texts : tensor?.numpy()!;

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
