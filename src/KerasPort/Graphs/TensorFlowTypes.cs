namespace KerasPort.Graphs;

/// <summary>
/// TensorFlow's rules of dtypes: the operands of a function have the same dtype, to which numbers and arrays among them are converted, and functions of
/// floating-point numbers take no integers.
/// </summary>
internal static class TensorFlowTypes
{
    private static readonly Func<DType, DType> s_fraction = DTypes.Fraction, s_counted = DTypes.Counted, s_calculated = DTypes.Calculated,
        s_summed = DTypes.Summed;

    /// <summary>The dtype of the quotient of integers: the floating-point type that holds it.</summary>
    public static DType Quotient(DType type) => type.IsInexact ? type : type.itemsize > 2 ? DType.float64 : DType.float32;

    /// <summary>The dtype of a function's result for tensors of one dtype.</summary>
    /// <exception cref="TypeError">TensorFlow has no such function for that dtype.</exception>
    public static DType Given(Function function, DType type)
    {
        bool isFraction = function.Gives == s_fraction && function.InTensorFlow is null;
        if ((isFraction && !type.IsInexact) || (type == DType.@bool && IsOfNumbers(function))
            || (type.IsUnsigned && function.Class is ("Negative" or "Absolute")))
            throw new TypeError($"TensorFlow has no {function.Class} of {type}: cast it first, tf.cast(x, tf.float32), or take keras.ops', which does.");
        return (function.InTensorFlow ?? (isFraction || function.Gives == s_summed ? static type => type : function.Gives))(type);
    }

    private static bool IsOfNumbers(Function function) => function.Gives == s_counted || function.Gives == s_calculated || function.Gives == s_summed
        || function.InTensorFlow is not null || function.Class is "Multiply" or "Max" or "Min" or "Maximum" or "Minimum" or "Absolute" or "Mod";

    /// <summary>The dtype that the tensors share; without any, that of the first array, else of the first number, or of all numbers in a list.</summary>
    /// <exception cref="TypeError">The tensors have different dtypes.</exception>
    public static DType Common(Function function, Tensor[] arguments)
    {
        Tensor[] counting = [.. function.Counting(arguments)];
        Tensor[] tensors = [.. counting.Where(x => !x.IsConverted && x.Number is null)];
        if (tensors.FirstOrDefault(x => x.dtype != tensors[0].dtype) is { } other)
            throw new TypeError($"TensorFlow promotes no types: {function.Class} takes tensors of one. Cast one of them, tf.cast(x, tf.{tensors[0].dtype}), "
                + $"or take keras.ops', which does. Received: {tensors[0].dtype} and {other.dtype}");
        return tensors.Length > 0 ? tensors[0].dtype
            : counting.FirstOrDefault(x => x.Number is null) is { } array ? array.dtype : DTypes.Joined(function.TakesList ? counting : counting[..1]);
    }

    /// <summary>The arguments, with numbers and arrays converted to that dtype.</summary>
    /// <exception cref="TypeError">A number can't be converted: one with a fraction to an integer dtype, or any to bool.</exception>
    /// <exception cref="ValueError">Integers are divided by 0, or raised to a negative power.</exception>
    public static Tensor[] Converted(Function function, Tensor[] arguments, DType type)
    {
        foreach (var x in function.Counting(arguments))
            if (x.Number is { } number && (type == DType.@bool || (!number.IsWhole && !type.IsInexact)))
                throw new TypeError($"Cannot convert {PythonText.Str(number.Boxed)} to a tensor of {type}: cast the tensor first, tf.cast(x, tf.float32).");
        if (!type.IsInexact && arguments is [_, { } y])
        {
            if (function.Class is "Mod" or "FloorDivide" && (y.numpy() == 0).any()) throw new ValueError("Integer division by zero");
            if (function.Class == "Power" && (y.numpy() < 0).any()) throw new ValueError("Integers to negative integer powers are not allowed");
        }
        var counting = function.Counting(arguments).ToHashSet();
        return Array.ConvertAll(arguments, x => x.Number is null && x.dtype != type && counting.Contains(x) ? Tensor.Holding(x.numpy(), type) : x);
    }
}
