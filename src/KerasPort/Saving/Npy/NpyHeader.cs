using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KerasPort.Saving.Npy;

/// <summary>
/// The header of an .npy file: a magic number, a version, and a dictionary as Python writes one,
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>, padded with spaces.
/// </summary>
/// <param name="Type">The elements' type.</param>
/// <param name="IsBigEndian">Whether their bytes are big-endian.</param>
/// <param name="IsColumnMajor">Whether they are in column-major order.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Count">The number of elements, at most what an array can hold.</param>
/// <param name="Size">The length of the header itself in bytes.</param>
/// <remarks>The dictionary is parsed by hand: three settings, each to be checked, need no package.</remarks>
internal sealed partial record NpyHeader(DType Type, bool IsBigEndian, bool IsColumnMajor, int[] Shape, int Count, int Size)
{
    /// <summary>The longest header that is read; numpy's limit, since Python's parser isn't safe for hostile text.</summary>
    private const int Longest = 10_000;

    /// <summary>numpy pads the header so that the number of rows may grow to 21 digits and the elements begin at a multiple of 64.</summary>
    private const int RowDigits = 21, Alignment = 64;

    private const int MostDimensions = 32;  // numpy's

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header from the stream's position.</summary>
    /// <exception cref="ValueError">It isn't such a header, or the elements are of an unsupported type.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        Fill(stream, start);
        if (!start.StartsWith(Magic))
            throw new ValueError($"it does not begin as an .npy file does, with 0x93 and NUMPY, but with 0x{Convert.ToHexStringLower(start)}");
        var version = (Major: start[^2], Minor: start[^1]);
        if (version.Major is < 1 or > 3 || version.Minor != 0)
            throw new ValueError($"expected an .npy file of version 1.0, 2.0 or 3.0, found {version.Major}.{version.Minor}");

        Span<byte> length = stackalloc byte[version.Major == 1 ? 2 : 4];
        Fill(stream, length);
        uint size = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (size > Longest) throw new ValueError($"its header of {size} bytes is refused: expected at most {Longest}");
        var text = new byte[size];
        Fill(stream, text);
        return Parse((version.Major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), start.Length + length.Length + text.Length);
    }

    /// <summary>The header of an array, byte for byte as numpy writes it.</summary>
    public static byte[] Of(NDArray a)
    {
        string dimensions = string.Join(", ", a.shape.Select(d => d.ToString(CultureInfo.InvariantCulture))) + (a.ndim == 1 ? "," : "");
        string text = $"{{'descr': '{Code(a.dtype)}', 'fortran_order': False, 'shape': ({dimensions}), }}";
        if (a.ndim > 0) text += new string(' ', RowDigits - a.shape[0].ToString(CultureInfo.InvariantCulture).Length);
        int before = Magic.Length + 4, whole = (before + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        text = text.PadRight(whole - before - 1) + '\n';
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, checked((ushort)text.Length));
        return [.. Magic, 1, 0, .. length, .. Encoding.Latin1.GetBytes(text)];
    }

    private static NpyHeader Parse(string text, int size)
    {
        var values = new Dictionary<string, string>();
        string inner = Unpacked(text);
        for (int at = 0; at < inner.Length;)
        {
            var entry = Entry().Match(inner, at);
            if (!entry.Success || !values.TryAdd(entry.Groups["key"].Value, entry.Groups["value"].Value)) throw Unreadable(text);
            at += entry.Length;
        }
        if (values.Count != 3 || !values.TryGetValue("descr", out string? descr) || !values.TryGetValue("fortran_order", out string? order)
            || !values.TryGetValue("shape", out string? shape) || order is not ("True" or "False") || shape[0] != '(') throw Unreadable(text);
        var (type, isBigEndian) = TypeOf(descr);
        int[] dimensions = Dimensions(shape);
        return new NpyHeader(type, isBigEndian, order == "True", dimensions, CountOf(dimensions, type), size);
    }

    /// <summary>The text between the braces.</summary>
    private static string Unpacked(string text)
    {
        string trimmed = text.Trim(' ', '\n', '\r', '\t');
        return trimmed is ['{', .. var inner, '}'] ? inner.Trim() : throw Unreadable(text);
    }

    /// <summary>The type of <c>'&lt;f4'</c>: byte order, kind and size in bytes.</summary>
    private static (DType Type, bool IsBigEndian) TypeOf(string descr)
    {
        if (descr[0] == '[') throw new ValueError($"its elements are records, {descr}: arrays here have one type");
        string code = descr[1..^1];
        if (code.Contains('O'))
            throw new ValueError("its elements are Python objects, which are pickled; a pickle runs code when it is read, and none is read here");
        string known = code is ['<' or '>' or '|' or '=', .. var rest] ? rest : code;
        var type = DType.All.Where(type => type.Code == known).Select(type => (DType?)type).FirstOrDefault();
        return (type ?? throw new ValueError(
            $"its elements are of type {descr}, which arrays here have not; known are {string.Join(", ", DType.All)}: save it from Python with astype"),
            code[0] == '>');
    }

    private static string Code(DType type) => (type.itemsize == 1 ? '|' : '<') + type.Code;

    private static int[] Dimensions(string tuple)
    {
        string inner = tuple[1..^1].Trim();
        if (inner.Length == 0) return [];
        if (!inner.Contains(',')) throw new ValueError($"shape is not valid: {tuple}");
        string[] parts = inner.TrimEnd().TrimEnd(',').Split(',');
        if (parts.Length > MostDimensions) throw new ValueError($"its shape has {parts.Length} dimensions; expected at most {MostDimensions}");
        // Python 2 wrote long integers with an L at the end.
        return [.. parts.Select(part => int.TryParse(part.Trim().TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out int d) ? d
            : throw new ValueError($"shape is not valid, or too large for an array here: {tuple}"))];
    }

    private static int CountOf(int[] shape, DType type)
    {
        if (shape.Contains(0)) return 0;
        long count = 1;
        foreach (int d in shape)
        {
            // Each factor is below 2^31, so that the product can't overflow before it is checked.
            if ((count *= d) > Array.MaxLength)
                throw new ValueError($"an array of {type} of shape ({string.Join(", ", shape)}) is larger than one can be here");
        }
        return (int)count;
    }

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new ValueError("it is cut short: it ends within its header");
    }

    private static ValueError Unreadable(string text) =>
        new($"cannot parse its header, expected {{'descr': …, 'fortran_order': …, 'shape': …}}, found {ModelFormatException.Printable(text.TrimEnd())}");

    [GeneratedRegex("""\G\s*(['"])(?<key>[a-z_]+)\1\s*:\s*(?<value>'[^']+'|"[^"]+"|True|False|\([0-9L,\s]*\)|\[[^\]]*\])\s*(,\s*|$)""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
