using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Saving;
using KerasPort.Saving.Npy;

namespace KerasPort.Pipelines;

/// <summary>
/// The elements of a data set in a file: a magic number; their spec in JSON; for each element a byte 1 and its arrays as <c>.npy</c>, each with its length
/// in front; at the end a byte 0 and the number of elements. Strings are two arrays, bytes and lengths. Nothing in the file can be code.
/// </summary>
internal static class ElementFile
{
    private static readonly byte[] s_mark = "KPELEM1\n"u8.ToArray();

    /// <summary>Writes elements to a stream while they are taken.</summary>
    public sealed class Writer(Stream to)
    {
        private long _count;

        /// <summary>Writes an element; without a <paramref name="spec"/> the first element defines it.</summary>
        public void Add(Tensor element, TensorSpec? spec)
        {
            if (_count++ == 0) Begin(spec ?? TensorSpec.Of(element));
            to.WriteByte(1);
            foreach (var array in element.Leaves.SelectMany(Element.Arrays))
            {
                var pieces = NpyFormat.Write(array).Select(piece => piece.ToArray()).ToArray();
                Number(pieces.Sum(piece => (long)piece.Length));
                foreach (byte[] piece in pieces) to.Write(piece);
            }
        }

        /// <summary>Ends the file.</summary>
        public void End(TensorSpec? spec)
        {
            if (_count == 0) Begin(spec ?? TensorSpec.Several([]));
            to.WriteByte(0);
            Number(_count);
        }

        private void Begin(TensorSpec spec)
        {
            to.Write(s_mark);
            byte[] text = System.Text.Encoding.UTF8.GetBytes(spec.ToJson().ToJsonString());
            Number(text.Length);
            to.Write(text);
        }

        private void Number(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            to.Write(bytes);
        }
    }

    /// <summary>The spec and the number of a file's elements.</summary>
    /// <exception cref="DatasetException">The file can't be read, or isn't one of elements.</exception>
    public static (TensorSpec Spec, long Count) Look(string path)
    {
        using var file = Opened(path);
        var spec = Spec(file, path);
        file.Seek(-sizeof(long), SeekOrigin.End);
        long count = Number(file, path);
        return count >= 0 ? (spec, count) : throw Damaged(path, "it says that it has less than no elements");
    }

    /// <summary>The elements of a file, one after the other.</summary>
    /// <exception cref="DatasetException">The file can't be read, or is damaged.</exception>
    public static IEnumerable<Tensor> Read(string path)
    {
        using var file = Opened(path);
        var spec = Spec(file, path);
        long count = 0;
        for (int next; (next = file.ReadByte()) != 0; count++)
        {
            if (next != 1) throw Damaged(path, next < 0 ? "it is cut short" : "an element doesn't begin where it should");
            yield return spec.Filled(leaf =>
            {
                var array = Array(file, path);
                try
                {
                    return leaf.dtype == DType.@string ? Strings.Unpacked(array, Array(file, path)) : array;
                }
                catch (ValueError e)
                {
                    throw Damaged(path, e.Message);
                }
            });
        }
        if (Number(file, path) != count) throw Damaged(path, $"it has {count} elements, which isn't what it says");
    }

    private static FileStream Opened(string path) => TextFile.Open(path) as FileStream ?? throw Damaged(path, "it is no file");

    private static TensorSpec Spec(FileStream file, string path)
    {
        byte[] mark = new byte[s_mark.Length];
        if (file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.AsSpan().SequenceEqual(s_mark))
            throw Damaged(path, "it doesn't hold a data set's elements");
        try
        {
            return TensorSpec.FromJson(JsonNode.Parse(Bytes(file, path))) ?? throw Damaged(path, "it doesn't say what they are");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException or ValueError)
        {
            throw Damaged(path, "it doesn't say what they are");
        }
    }

    private static NDArray Array(FileStream file, string path)
    {
        byte[] bytes = Bytes(file, path);
        try
        {
            return NpyFormat.Read(new MemoryStream(bytes), bytes.Length);
        }
        catch (ValueError e)
        {
            throw Damaged(path, e.Message);
        }
    }

    private static byte[] Bytes(FileStream file, string path)
    {
        long length = Number(file, path);
        if (length < 0 || length > file.Length - file.Position) throw Damaged(path, "it is cut short");
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static long Number(FileStream file, string path)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? BinaryPrimitives.ReadInt64LittleEndian(bytes)
            : throw Damaged(path, "it is cut short");
    }

    private static DatasetException Damaged(string path, string why) => new($"{path} can't be read as the elements of a data set: {why}");
}

/// <summary>The elements that <c>save</c> wrote.</summary>
internal sealed class LoadDataset : Dataset
{
    /// <summary>The file's name in the folder.</summary>
    public const string FileName = "elements.data";

    private readonly string _file;

    public LoadDataset(string folder)
    {
        _file = Path.Join(folder, FileName);
        if (!File.Exists(_file)) throw new DatasetException($"There is no data set in {folder}: `save` writes {FileName} there");
        (Spec, Count) = ElementFile.Look(_file);
    }

    internal override long Count { get; }

    internal override TensorSpec Spec { get; }

    internal override string Describe() => $"load({_file})";

    internal override IEnumerator<Tensor> Open() => ElementFile.Read(_file).GetEnumerator();
}

/// <summary>Keeps the elements of the first complete pass in a file, for later passes and runs.</summary>
internal sealed class CacheFileDataset(Dataset input, string path) : Dataset(input)
{
    private readonly string _file = Path.GetFullPath(path) + ".data";

    internal override long Count => input.Count;

    internal override string Describe() => "cache";

    internal override void Touch()
    {
        if (!File.Exists(_file)) base.Touch();
    }

    internal override IEnumerator<Tensor> Open() => File.Exists(_file) ? ElementFile.Read(_file).GetEnumerator() : Filling();

    private IEnumerator<Tensor> Filling()
    {
        WholeFile.MakeFolderOf(_file);
        string unfinished = WholeFile.TemporaryFor(_file);
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                var writer = new ElementFile.Writer(file);
                var spec = input.Spec;
                using var elements = input.Open();
                while (elements.MoveNext())
                {
                    writer.Add(elements.Current, spec);
                    yield return elements.Current;
                }
                writer.End(spec);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, _file, overwrite: true);
        }
        finally
        {
            // The pass ended early, so that its file is incomplete.
            File.Delete(unfinished);
        }
    }
}
