namespace KerasPort.Graphs;

/// <summary>A number of the program among tensors; files tell whole ones, <c>2</c>, from others, <c>2.0</c>.</summary>
internal readonly record struct PythonNumber(double Value, bool IsWhole)
{
    /// <summary>The number as an array without a dimension.</summary>
    public NDArray Array => IsWhole ? NDArray.Of(new[] { (int)Value }, (int[])[]) : (float)Value;

    /// <summary>The number as Python has it.</summary>
    public object Boxed => IsWhole ? (long)Value : Value;
}
