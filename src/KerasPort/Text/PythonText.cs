using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KerasPort;

/// <summary>Values as Python writes them.</summary>
internal static class PythonText
{
    /// <summary>Python's <c>str(value)</c>, which is what <c>print</c> writes.</summary>
    public static string Str(object? value) => value switch
    {
        string s => s,
        char c => c.ToString(),
        NDArray or DType => value.ToString()!,
        Strings texts => texts.Written(),
        Tensor tensor => tensor.Printed,
        JsonValue json when json.GetValueKind() == JsonValueKind.String => json.GetValue<string>(),
        _ => Repr(value),
    };

    /// <summary>A class number, without decimals if it is whole.</summary>
    internal static string ClassNumber(double value) => Math.Abs(value) < 1e15 && value == Math.Floor(value) ? Str((long)value) : Str(value);

    /// <summary>Python's <c>repr(value)</c>, by which a list or tuple shows its items.</summary>
    public static string Repr(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        double d => PythonFloat.Repr(d),
        float f => PythonFloat.Repr(f),
        Half h => PythonFloat.Repr(h),
        string s => Quoted(s),
        char c => Quoted(c.ToString()),
        NDArray array => array.Repr(),
        Strings texts => texts.Repr(),
        DType type => $"dtype('{type}')",
        Shape or ArrayShape or IPythonText => value.ToString()!,
        ITuple { Length: 1 } one => $"({Repr(one[0])},)",
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Repr(tuple[i])))})",
        JsonNode json => Json(json),
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Repr(key)}: {Repr(map[key])}"))}}}",
        Array { Rank: > 1 } array => Nested(array, []),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Repr))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The value as Python's int, if it is an integer or a bool; else null.</summary>
    public static BigInteger? WholeNumber(object? value) => value switch
    {
        bool yes => yes ? 1 : 0,
        BigInteger big => big,
        sbyte or byte or short or ushort or int or uint or long or ulong =>
            BigInteger.Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Python's <c>ascii</c>: characters beyond ASCII as escapes.</summary>
    public static string Ascii(string repr)
    {
        var text = new StringBuilder();
        foreach (var rune in repr.EnumerateRunes()) text.Append(rune.IsAscii ? rune.ToString() : Escape(rune.Value));
        return text.ToString();
    }

    // A multidimensional array of C#, as nested lists.
    private static string Nested(Array array, int[] at)
    {
        var parts = Enumerable.Range(0, array.GetLength(at.Length)).Select(i => (int[])[.. at, i])
            .Select(index => index.Length == array.Rank ? Repr(array.GetValue(index)) : Nested(array, index));
        return $"[{string.Join(", ", parts)}]";
    }

    // JSON, as the dictionaries and lists that Python reads it as.
    private static string Json(JsonNode? node) => node switch
    {
        null => "None",
        JsonObject map => $"{{{string.Join(", ", map.Select(entry => $"{Quoted(entry.Key)}: {Json(entry.Value)}"))}}}",
        JsonArray list => $"[{string.Join(", ", list.Select(Json))}]",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => Quoted(node.GetValue<string>()),
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            _ => node.ToJsonString() is var number && number.AsSpan().IndexOfAny(".eE") < 0 ? number
                : Repr(double.Parse(number, CultureInfo.InvariantCulture)),
        },
    };

    // The text in single quotes, unless it contains these and no double ones; unprintable characters are escapes.
    private static string Quoted(string text)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        for (int i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                quoted.Append(Escape(text[i++]));   // half of a surrogate pair
                continue;
            }
            i += rune.Utf16SequenceLength;
            if (rune.Value == '\\' || rune.Value == quote) quoted.Append('\\').Append(rune);
            else quoted.Append(rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator) ? rune.ToString() : Escape(rune.Value));
        }
        return quoted.Append(quote).ToString();
    }

    private static string Escape(int code) => code switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < 0x100 => string.Create(CultureInfo.InvariantCulture, $@"\x{code:x2}"),
        < 0x10000 => string.Create(CultureInfo.InvariantCulture, $@"\u{code:x4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\U{code:x8}"),
    };
}
