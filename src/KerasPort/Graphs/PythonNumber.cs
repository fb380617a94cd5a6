namespace KerasPort.Graphs;

/// <summary>A number of the program among tensors. Files distinguish integers, <c>2</c>, from floats, <c>2.0</c>.</summary>
internal readonly record struct PythonNumber(double Value, bool IsWhole)
{
    /// <summary>The number as an array without dimensions.</summary>
    public NDArray Array => IsWhole ? NDArray.Of(new[] { (int)Value }, (int[])[]) : (float)Value;

    /// <summary>The number as Python has it: an integer or a float.</summary>
    public object Boxed => IsWhole ? (long)Value : Value;
}
