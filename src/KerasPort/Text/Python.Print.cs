namespace KerasPort;

/// <content>
/// <c>print</c>. Arguments that convert to <see cref="Arg"/> go to the first overload. The overloads of lower priority take one or two values that C# can't
/// convert to a struct (tuples, dictionaries, lists of anything), and still convert an interpolated string beside them to <see cref="Arg"/>; or the
/// arguments <c>sep</c> and <c>end</c>, which can't follow <c>params</c>.
/// </content>
public static partial class Python
{
    /// <summary>Prints the values, separated by spaces and followed by a line end, as Python's print does.</summary>
    public static void print(params ReadOnlySpan<Arg> values) => Print(values, " ", "\n");

    /// <summary>Prints an untyped <c>null</c> as Python's None.</summary>
    [OverloadResolutionPriority(1)]
    public static void print(None? none, params ReadOnlySpan<Arg> rest) => Print([Arg.Of(none), .. rest], " ", "\n");

    /// <inheritdoc cref="print(None, ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(1)]
    public static void print(Arg first, None? none, params ReadOnlySpan<Arg> rest) => Print([first, Arg.Of(none), .. rest], " ", "\n");

    /// <inheritdoc cref="print(None, ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(1)]
    public static void print(Arg first, Arg second, None? none, params ReadOnlySpan<Arg> rest) =>
        Print([first, second, Arg.Of(none), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-1)]
    public static void print<T>(T first, params ReadOnlySpan<Arg> rest) => Print([Arg.Of(first), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-1)]
    public static void print<T>(Arg first, T second, params ReadOnlySpan<Arg> rest) => Print([first, Arg.Of(second), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-1)]
    public static void print<T>(Arg first, Arg second, T third, params ReadOnlySpan<Arg> rest) =>
        Print([first, second, Arg.Of(third), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-1)]
    public static void print<T>(Arg first, Arg second, Arg third, T fourth, params ReadOnlySpan<Arg> rest) =>
        Print([first, second, third, Arg.Of(fourth), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-2)]
    public static void print<T1, T2>(T1 first, T2 second, params ReadOnlySpan<Arg> rest) => Print([Arg.Of(first), Arg.Of(second), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-2)]
    public static void print<T1, T2>(Arg first, T1 second, T2 third, params ReadOnlySpan<Arg> rest) =>
        Print([first, Arg.Of(second), Arg.Of(third), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-2)]
    public static void print<T1, T2>(T1 first, Arg second, T2 third, params ReadOnlySpan<Arg> rest) =>
        Print([Arg.Of(first), second, Arg.Of(third), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-2)]
    public static void print<T1, T2>(Arg first, T1 second, Arg third, T2 fourth, params ReadOnlySpan<Arg> rest) =>
        Print([first, Arg.Of(second), third, Arg.Of(fourth), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-5)]
    public static void print<T1, T2, T3>(T1 first, T2 second, T3 third, params ReadOnlySpan<Arg> rest) =>
        Print([Arg.Of(first), Arg.Of(second), Arg.Of(third), .. rest], " ", "\n");

    /// <inheritdoc cref="print(ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-5)]
    public static void print<T1, T2, T3>(Arg first, T1 second, T2 third, T3 fourth, params ReadOnlySpan<Arg> rest) =>
        Print([first, Arg.Of(second), Arg.Of(third), Arg.Of(fourth), .. rest], " ", "\n");

    /// <summary>Prints the values, separated by <paramref name="sep"/> and followed by <paramref name="end"/>, which are always named.</summary>
    [OverloadResolutionPriority(-3)]
    public static void print(Arg value, string sep = " ", string end = "\n") => Print([value], sep, end);

    /// <inheritdoc cref="print(Arg, string, string)"/>
    [OverloadResolutionPriority(-3)]
    public static void print(Arg first, Arg second, string sep = " ", string end = "\n") => Print([first, second], sep, end);

    /// <inheritdoc cref="print(Arg, string, string)"/>
    [OverloadResolutionPriority(-3)]
    public static void print(Arg first, Arg second, Arg third, string sep = " ", string end = "\n") => Print([first, second, third], sep, end);

    /// <inheritdoc cref="print(Arg, string, string)"/>
    [OverloadResolutionPriority(-3)]
    public static void print(Arg first, Arg second, Arg third, Arg fourth, string sep = " ", string end = "\n") =>
        Print([first, second, third, fourth], sep, end);

    /// <inheritdoc cref="print(Arg, string, string)"/>
    [OverloadResolutionPriority(-3)]
    public static void print(Arg first, Arg second, Arg third, Arg fourth, Arg fifth, string sep = " ", string end = "\n") =>
        Print([first, second, third, fourth, fifth], sep, end);

    /// <inheritdoc cref="print(Arg, string, string)"/>
    [OverloadResolutionPriority(-3)]
    public static void print(Arg first, Arg second, Arg third, Arg fourth, Arg fifth, Arg sixth, string sep = " ", string end = "\n") =>
        Print([first, second, third, fourth, fifth, sixth], sep, end);

    /// <inheritdoc cref="print(Arg, string, string)"/>
    [OverloadResolutionPriority(-4)]
    public static void print<T>(T value, string sep = " ", string end = "\n") => Print([Arg.Of(value)], sep, end);

    /// <inheritdoc cref="print(Arg, string, string)"/>
    [OverloadResolutionPriority(-4)]
    public static void print<T>(Arg first, T second, string sep = " ", string end = "\n") => Print([first, Arg.Of(second)], sep, end);

    /// <summary>Python's f-string: <c>f($"{accuracy:.2f}")</c> gives the text of Python's <c>f"{accuracy:.2f}"</c>.</summary>
    public static string f(Arg text) => text.ToString();

    /// <summary>Python's <c>str</c>: a value as <see cref="print(ReadOnlySpan{Arg})"/> shows it.</summary>
    public static string str(Arg value) => value.ToString();

    /// <inheritdoc cref="str(Arg)"/>
    [OverloadResolutionPriority(-1)]
    public static string str<T>(T value) => Arg.Of(value).ToString();

    /// <summary>The type of Python's None, whose only value is <c>null</c>; it selects the overload for <c>print(null)</c>.</summary>
    public sealed class None
    {
        private None() { }
    }

    private static void Print(ReadOnlySpan<Arg> values, string sep, string end)
    {
        string text = values.Length > 0 ? values[0].ToString() : "";
        for (int i = 1; i < values.Length; i++) text += sep + values[i];
        Console.Out.Write(text + end);
    }
}
