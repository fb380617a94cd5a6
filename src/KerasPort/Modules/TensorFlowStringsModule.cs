using System.Globalization;
using System.Text.RegularExpressions;
using KerasPort.Random;

namespace KerasPort;

/// <summary><c>tf.strings</c>, as far as tables and file names need it.</summary>
public sealed class TensorFlowStringsModule
{
    /// <summary>Converts numbers to strings.</summary>
    public Tensor as_string(Tensor input) => input.Texts is { } texts ? texts : Strings.Of(input.dtype.Type switch
    {
        ElementType.Bool => Array.ConvertAll(input.numpy().ToInts(), value => value != 0 ? "true" : "false"),
        ElementType.Float32 or ElementType.Float64 => Array.ConvertAll(input.numpy().ToDoubles(), value => value.ToString("F6", CultureInfo.InvariantCulture)),
        _ => Array.ConvertAll(input.numpy().ToLongs(), value => value.ToString(CultureInfo.InvariantCulture)),
    }, input.numpy().shape);

    /// <summary>Concatenates strings elementwise; a single string is broadcast.</summary>
    /// <exception cref="ValueError">Their shapes differ.</exception>
    public Tensor join(Tensor[] inputs, string separator = "")
    {
        Strings[] all = Array.ConvertAll(inputs, input => (Strings)input);
        if (all.Length == 0) throw new ValueError("`join` needs at least one tensor.");
        var shape = (all.FirstOrDefault(one => one.shape.Length > 0) ?? all[0]).shape;
        if (all.Any(one => one.shape.Length > 0 && one.shape != shape))
            throw new ValueError($"Input shapes do not match: {string.Join(", ", all.Select(one => one.shape))}");
        int count = shape.Aggregate(1, (product, d) => product * d);
        return Strings.Of([.. Enumerable.Range(0, count).Select(i => string.Join(separator, all.Select(one => one.Text(one.shape.Length == 0 ? 0 : i))))],
            shape);
    }

    /// <summary>The lengths of strings in bytes or, with "UTF8_CHAR", in characters.</summary>
    /// <exception cref="ValueError">The unit is unknown.</exception>
    public Tensor length(Tensor input, string unit = "BYTE")
    {
        var texts = (Strings)input;
        int[] lengths = [.. Enumerable.Range(0, texts.Count).Select(i => unit switch
        {
            "BYTE" => texts.Bytes(i).Length,
            "UTF8_CHAR" => texts.Text(i).EnumerateRunes().Count(),
            _ => throw new ValueError($"`unit` is \"BYTE\" or \"UTF8_CHAR\". Received: unit={unit}"),
        })];
        return new NDArray(lengths, texts.shape);
    }

    /// <summary>Converts strings to lower case: ASCII letters only, or with "utf-8" all.</summary>
    public Tensor lower(Tensor input, string encoding = "") =>
        ((Strings)input).Map(text => encoding == "utf-8" ? text.ToLowerInvariant() : Ascii(text, 'A', 'Z', 32));

    /// <summary>Whether a regular expression matches each string as a whole.</summary>
    /// <exception cref="ValueError">The expression is malformed.</exception>
    public Tensor regex_full_match(Tensor input, string pattern)
    {
        var whole = Expression($"^(?:{pattern})\\z");
        return ((Strings)input).Map(text => whole.IsMatch(text));
    }

    /// <summary>Replaces what a regular expression matches; <c>\1</c> stands for the match of its first group.</summary>
    /// <exception cref="ValueError">The expression is malformed.</exception>
    public Tensor regex_replace(Tensor input, string pattern, string rewrite, bool replace_global = true)
    {
        var expression = Expression(pattern);
        string replacement = Regex.Replace(rewrite.Replace("$", "$$"), @"\\(\d)", "$${$1}").Replace(@"\\", @"\");
        return ((Strings)input).Map(text => expression.Replace(text, replacement, replace_global ? -1 : 1));
    }

    /// <summary>Splits a string at separators; without a separator, at runs of white space.</summary>
    /// <param name="input">One string, or several, whose parts are the rows of a ragged tensor.</param>
    /// <param name="sep">The separator.</param>
    /// <param name="maxsplit">The most splits; by default all.</param>
    public Tensor split(Tensor input, string? sep = null, int maxsplit = -1)
    {
        var texts = (Strings)input;
        int most = maxsplit < 0 ? int.MaxValue : maxsplit + 1;
        if (input.shape.Rank == 0) return Parts(texts.Text(0));
        if (input.shape.Rank > 1) throw new ValueError($"`split` takes one string or a row of them: split the rows in `map`. Received: shape={input.shape}");
        return Tensor.Ragged([.. texts.Values.Select(text => (Tensor)Parts(text))]);

        Strings Parts(string text) => string.IsNullOrEmpty(sep) ? Words(text, most) : text.Split(sep, most);
    }

    /// <summary>Removes white space at both ends of strings.</summary>
    public Tensor strip(Tensor input) => ((Strings)input).Map(text => text.Trim(' ', '\t', '\n', '\v', '\f', '\r'));

    /// <summary>Substrings, given by the index of the first byte and the number of bytes; a negative index counts from the end.</summary>
    /// <exception cref="DatasetException">The index is out of range for a string.</exception>
    public Tensor substr(Tensor input, int pos, int len)
    {
        var texts = (Strings)input;
        return Strings.Of([.. Enumerable.Range(0, texts.Count).Select(i =>
        {
            byte[] bytes = texts.Bytes(i);
            int from = pos < 0 ? pos + bytes.Length : pos;
            if (from < 0 || from > bytes.Length) throw new DatasetException($"pos {pos} out of range for string b'{texts.Text(i)}' at index {i}");
            return bytes[from..Math.Min(bytes.Length, from + Math.Max(len, 0))];
        })], texts.shape);
    }

    /// <summary>Hashes each string to a bucket by FarmHash, with the same result in every program.</summary>
    /// <exception cref="ValueError">The number of buckets isn't positive.</exception>
    public Tensor to_hash_bucket_fast(Tensor input, int num_buckets) =>
        num_buckets < 1 ? throw new ValueError($"`num_buckets` must be positive. Received: {num_buckets}")
        : ((Strings)input).Map(text => (long)(Fingerprints.Of(text) % (ulong)num_buckets));

    /// <summary>Parses strings to numbers.</summary>
    /// <param name="input">The strings.</param>
    /// <param name="out_type">float32, float64, int32 or int64.</param>
    /// <exception cref="DatasetException">A string isn't a number of that type.</exception>
    public Tensor to_number(Tensor input, DType? out_type = null)
    {
        var type = out_type ?? DType.float32;
        RecordDefault column = type == DType.@string ? throw new ValueError("`to_number` gives numbers. Received: out_type=string") : type;
        var texts = (Strings)input;
        string[] values = texts.Values;
        return column.Parse(values, "", (i, _) => new DatasetException($"StringToNumberOp could not correctly convert string: {values[i]}"), texts.shape);
    }

    /// <summary>Converts strings to upper case: ASCII letters only, or with "utf-8" all.</summary>
    public Tensor upper(Tensor input, string encoding = "") =>
        ((Strings)input).Map(text => encoding == "utf-8" ? text.ToUpperInvariant() : Ascii(text, 'a', 'z', -32));

    private static string Ascii(string text, char first, char last, int shift) =>
        string.Create(text.Length, text, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = from[i] >= first && from[i] <= last ? (char)(from[i] + shift) : from[i];
        });

    private static string[] Words(string text, int most)
    {
        var words = new List<string>();
        for (text = text.TrimStart(); text.Length > 0;)
        {
            int end = words.Count + 1 == most ? -1 : text.AsSpan().IndexOfAny(" \t\n\v\f\r");
            words.Add(end < 0 ? text : text[..end]);
            text = end < 0 ? "" : text[end..].TrimStart();
        }
        return [.. words];
    }

    // Without backtracking, as RE2: the time is linear in the length of the text.
    private static Regex Expression(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ValueError($"Invalid pattern: {pattern}, error: {e.Message}", e);
        }
    }
}
