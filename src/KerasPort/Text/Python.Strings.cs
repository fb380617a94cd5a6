namespace KerasPort;

/// <content>Python's ways to format values as text, as extensions of string.</content>
public static partial class Python
{
    /// <summary>
    /// Python's <c>str.format</c>: <c>"Test loss: {}, Test accuracy: {:.2f}".format(loss, accuracy)</c>, with its positions (<c>{0}</c>), conversions
    /// (<c>{!r}</c>) and format specifiers (<c>{:&gt;10,.3f}</c>). Names (<c>{loss}</c>) are those of a dictionary or of <c>new { loss = 0.5 }</c>, given as
    /// the last argument.
    /// </summary>
    /// <exception cref="ValueError">A replacement field has no value, or a specifier doesn't fit its value.</exception>
    public static string format(this string template, params ReadOnlySpan<Arg> args) => Format(template, args);

    /// <inheritdoc cref="format(string, ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-1)]
    public static string format<T>(this string template, T first, params ReadOnlySpan<Arg> rest) => Format(template, [Arg.Of(first), .. rest]);

    /// <inheritdoc cref="format(string, ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-1)]
    public static string format<T>(this string template, Arg first, T second, params ReadOnlySpan<Arg> rest) =>
        Format(template, [first, Arg.Of(second), .. rest]);

    /// <inheritdoc cref="format(string, ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-1)]
    public static string format<T>(this string template, Arg first, Arg second, T third, params ReadOnlySpan<Arg> rest) =>
        Format(template, [first, second, Arg.Of(third), .. rest]);

    /// <inheritdoc cref="format(string, ReadOnlySpan{Arg})"/>
    [OverloadResolutionPriority(-2)]
    public static string format<T1, T2>(this string template, T1 first, T2 second, params ReadOnlySpan<Arg> rest) =>
        Format(template, [Arg.Of(first), Arg.Of(second), .. rest]);

    private static string Format(string template, ReadOnlySpan<Arg> args)
    {
        var values = new object?[args.Length];
        for (int i = 0; i < values.Length; i++) values[i] = args[i].Value;
        return PythonFormat.Format(template, values, PythonFormat.Names(values));
    }

    extension(string)
    {
        /// <summary>Python's <c>"%05d" % n</c> and <c>"%s %d" % (a, b)</c>; a dictionary gives the values of <c>%(name)s</c>.</summary>
        /// <exception cref="ValueError">There are too few or too many values, or one doesn't fit its conversion.</exception>
        public static string operator %(string template, object? values) => PythonPercent.Format(template, values);

        /// <summary>Python's <c>%</c> with an f-string as the value.</summary>
        public static string operator %(string template, Arg values) => PythonPercent.Format(template, values.Value);
    }
}
