using System.Runtime.InteropServices;
using System.Text;

namespace KerasPort.Saving;

/// <summary>
/// The state of an object, field by field, for another process to restore. The object names each of its fields once,
/// <c>state.Keep("wait", ref _wait)</c>, in one method that serves saving and restoring alike.
/// </summary>
public sealed class TrainingState
{
    private const int Large = 4096;

    private readonly Dictionary<string, byte[]> _values;
    private string _prefix = "";

    /// <summary>An empty state, to be saved to.</summary>
    internal TrainingState() => _values = [];

    /// <summary>A state that <see cref="ToBytes"/> gave, to be restored from.</summary>
    /// <exception cref="CheckpointException">The bytes are no valid state.</exception>
    internal TrainingState(ReadOnlySpan<byte> bytes)
    {
        Restores = true;
        _values = [];
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray(), writable: false), Encoding.UTF8);
            for (int left = reader.ReadInt32(); left > 0; left--)
            {
                string name = reader.ReadString();
                int length = reader.ReadInt32();
                var value = length >= 0 && length <= bytes.Length ? reader.ReadBytes(length) : [];
                if (value.Length != length || !_values.TryAdd(name, value)) throw new CheckpointException($"the value '{name}' is cut short or there twice");
            }
        }
        catch (Exception e) when (e is IOException or ArgumentException or FormatException)
        {
            throw new CheckpointException("it is not what this version writes", e);
        }
    }

    /// <summary>Whether any field was named.</summary>
    internal bool IsAsked { get; private set; }

    /// <summary>Whether <c>Keep</c> restores what was saved; otherwise it saves.</summary>
    public bool Restores { get; }

    /// <summary>Keeps a number or another value without references.</summary>
    public void Keep<T>(string name, ref T value) where T : unmanaged => Keep(name, MemoryMarshal.CreateSpan(ref value, 1));

    /// <summary>Keeps a number or null.</summary>
    public void Keep<T>(string name, ref T? value) where T : unmanaged
    {
        T[]? one = value is { } number ? [number] : null;
        Keep(name, ref one);
        value = one is [var saved, ..] ? saved : null;
    }

    /// <summary>Keeps numbers in a span, whose length must not change.</summary>
    public void Keep<T>(string name, Span<T> values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        IsAsked = true;
        if (!Restores) Set(name, bytes);
        else if (Value(name) is { } saved && saved.Length == bytes.Length) saved.CopyTo(bytes);
        else throw Missing(name, $"{values.Length} values");
    }

    /// <summary>Keeps an array of numbers, or null.</summary>
    public void Keep<T>(string name, ref T[]? values) where T : unmanaged
    {
        IsAsked = true;
        if (!Restores)
        {
            if (values is not null) Set(name, MemoryMarshal.AsBytes(values.AsSpan()));
            else _values.Remove(_prefix + name);
        }
        else values = Value(name) is { } saved ? MemoryMarshal.Cast<byte, T>(saved).ToArray() : null;
    }

    /// <summary>Keeps a list of numbers.</summary>
    public void Keep<T>(string name, List<T> values) where T : unmanaged
    {
        T[]? all = [.. values];
        Keep(name, ref all);
        values.Clear();
        values.AddRange(all ?? []);
    }

    /// <summary>Keeps text, or null.</summary>
    public void Keep(string name, ref string? text)
    {
        char[]? all = text?.ToCharArray();
        Keep(name, ref all);
        text = all is null ? null : new string(all);
    }

    /// <summary>Keeps lists by name, in their order, such as a history.</summary>
    public void Keep(string name, IDictionary<string, List<double>> lists)
    {
        string? names = string.Join('\n', lists.Keys);
        Keep(name, ref names);
        if (Restores) lists.Clear();
        if (names is null) throw Missing(name, "lists");
        foreach (string key in names.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!lists.TryGetValue(key, out var values)) lists[key] = values = [];
            Keep($"{name}/{key}", values);
        }
    }

    /// <summary>Keeps logs, or null.</summary>
    public void Keep(string name, ref Logs? logs)
    {
        string? names = logs is null ? null : string.Join('\n', logs.Keys);
        List<double> values = [.. logs?.Values ?? []];
        Keep(name, ref names);
        Keep(name + "/values", values);
        if (!Restores) return;
        logs = names is null ? null : [];
        if (logs is null) return;
        foreach (var (key, value) in names!.Split('\n').Zip(values)) logs[key] = value;
    }

    /// <summary>Keeps arrays of 32-bit floats, such as weights, or null.</summary>
    public void Keep(string name, ref NDArray[]? arrays)
    {
        int? count = arrays?.Length;
        Keep(name, ref count);
        if (count is null)
        {
            arrays = null;
            return;
        }
        if (Restores && (count < 0 || count > _values.Count)) throw Missing(name, "arrays");
        var all = Restores ? new NDArray[count.Value] : arrays!;
        for (int i = 0; i < all.Length; i++)
        {
            int[]? shape = Restores ? null : [.. all[i].shape];
            float[]? values = Restores ? null : all[i].ToFloats();
            Keep($"{name}/{i}/shape", ref shape);
            Keep($"{name}/{i}", ref values);
            if (!Restores) continue;
            if (shape is null || values is null || shape.Any(d => d < 0) || shape.Aggregate(1.0, (size, d) => size * d) != values.Length)
                throw Missing($"{name}/{i}", "an array");
            all[i] = new NDArray(values, shape);
        }
        arrays = all;
    }

    /// <summary>Keeps the fields of another object, prefixed with a name.</summary>
    internal void Within(string name, Action<TrainingState> keep)
    {
        string outer = _prefix;
        _prefix += name + "/";
        keep(this);
        _prefix = outer;
    }

    /// <summary>All values in pieces, without copying the large ones.</summary>
    internal List<ReadOnlyMemory<byte>> ToBytes()
    {
        List<ReadOnlyMemory<byte>> pieces = [];
        var small = new MemoryStream();
        var writer = new BinaryWriter(small, Encoding.UTF8);
        writer.Write(_values.Count);
        foreach (var (name, value) in _values)
        {
            writer.Write(name);
            writer.Write(value.Length);
            if (value.Length < Large)
            {
                writer.Write(value);
                continue;
            }
            pieces.Add(small.ToArray());
            pieces.Add(value);
            small.SetLength(0);
        }
        pieces.Add(small.ToArray());
        return pieces;
    }

    /// <summary>Reuses the buffer of the name's previous value, for a state that is saved again and again.</summary>
    private void Set(string name, ReadOnlySpan<byte> bytes)
    {
        if (_values.TryGetValue(_prefix + name, out byte[]? place) && place.Length == bytes.Length) bytes.CopyTo(place);
        else _values[_prefix + name] = bytes.ToArray();
    }

    private CheckpointException Missing(string name, string what) => new($"it holds no '{_prefix}{name}' with {what}");

    private byte[]? Value(string name) => _values.GetValueOrDefault(_prefix + name);
}
