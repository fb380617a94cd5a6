using System.Text;
using KerasPort.Saving;

namespace KerasPort.Pipelines;

/// <summary>A record of values by name, <c>tf.train.Example</c>. Source: tensorflow/core/example/example.proto.</summary>
public sealed class Example
{
    internal Example(Features? features = null) => this.features = features ?? new Features([]);

    /// <summary>The values.</summary>
    public Features features { get; private set; }

    /// <summary>The record as bytes.</summary>
    public byte[] SerializeToString()
    {
        var all = new ProtoMessage();
        foreach (var (name, one) in features.feature) all.Add(1, new ProtoMessage().Add(1, name).Add(2, one.ToProto()));
        return new ProtoMessage().Add(1, all).ToBytes();
    }

    /// <summary>Replaces the values with those of a serialized record.</summary>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="ValueError">The bytes aren't such a record.</exception>
    public int ParseFromString(Tensor serialized)
    {
        byte[] bytes = serialized.Texts is { Count: 1 } one ? one.Bytes(0) : throw new ValueError($"One string is expected. Received: {serialized}");
        features = Read(bytes).features;
        return bytes.Length;
    }

    /// <inheritdoc cref="ParseFromString(Tensor)"/>
    public int ParseFromString(byte[] serialized) => ParseFromString(Strings.Of(serialized));

    /// <summary>Parses a record.</summary>
    /// <exception cref="ValueError">The bytes aren't such a record.</exception>
    internal static Example Read(ReadOnlySpan<byte> bytes)
    {
        var found = new Dictionary<string, Feature>();
        try
        {
            for (var example = new ProtoReader(bytes); example.Next();)
            {
                if (example.Field != 1) continue;
                for (var all = new ProtoReader(example.Content); all.Next();)
                {
                    if (all.Field != 1) continue;
                    var (name, feature) = ("", new Feature());
                    for (var entry = new ProtoReader(all.Content); entry.Next();)
                    {
                        if (entry.Field == 1) name = Encoding.UTF8.GetString(entry.Content);
                        else if (entry.Field == 2) feature = Feature.Read(entry.Content);
                    }
                    found[name] = feature;
                }
            }
        }
        catch (FormatException e)
        {
            throw new ValueError($"Could not parse example input: {e.Message}. A string that tf.train.Example's SerializeToString gave is expected.", e);
        }
        return new Example(new Features(found));
    }
}

/// <summary>Values by name, <c>tf.train.Features</c>.</summary>
public sealed class Features
{
    internal Features(Dictionary<string, Feature> feature) => this.feature = feature;

    /// <summary>The values of each name.</summary>
    public Dictionary<string, Feature> feature { get; }
}

/// <summary>Values of one kind, <c>tf.train.Feature</c>.</summary>
public sealed class Feature
{
    internal Feature(BytesList? bytes_list = null, FloatList? float_list = null, Int64List? int64_list = null)
    {
        if ((bytes_list is null ? 0 : 1) + (float_list is null ? 0 : 1) + (int64_list is null ? 0 : 1) > 1)
            throw new ValueError("A feature is one of bytes_list, float_list and int64_list, not several.");
        (this.bytes_list, this.float_list, this.int64_list) = (bytes_list ?? new([]), float_list ?? new([]), int64_list ?? new([]));
        Kind = bytes_list is not null ? DType.@string : float_list is not null ? DType.float32 : int64_list is not null ? DType.int64 : (DType?)null;
    }

    /// <summary>The strings; empty if it is of another kind.</summary>
    public BytesList bytes_list { get; }

    /// <summary>The floats; empty if it is of another kind.</summary>
    public FloatList float_list { get; }

    /// <summary>The integers; empty if it is of another kind.</summary>
    public Int64List int64_list { get; }

    /// <summary>The type of its values; <c>null</c> where none are set.</summary>
    internal DType? Kind { get; }

    internal ProtoMessage ToProto()
    {
        var (message, list) = (new ProtoMessage(), new ProtoMessage());
        if (Kind is null) return message;
        if (Kind == DType.@string) foreach (byte[] one in bytes_list.value) list.Add(1, one);
        else if (Kind == DType.float32 && float_list.value.Count > 0) list.Add(1, float_list.value.ToArray().AsSpan());
        else if (int64_list.value.Count > 0) list.AddPacked(1, int64_list.value);
        return message.Add(Kind == DType.@string ? 1 : Kind == DType.float32 ? 2 : 3, list);
    }

    internal static Feature Read(ReadOnlySpan<byte> bytes)
    {
        var made = new Feature();
        for (var feature = new ProtoReader(bytes); feature.Next();)
        {
            var (texts, floats, numbers) = (new List<byte[]>(), new List<float>(), new List<long>());
            for (var list = new ProtoReader(feature.Content); list.Next();)
            {
                if (list.Field != 1) continue;
                if (feature.Field == 1) texts.Add(list.Content.ToArray());
                else if (feature.Field == 2) list.AddFloats(floats);
                else if (feature.Field == 3) list.AddIntegers(numbers);
            }
            made = feature.Field switch
            {
                1 => new Feature(bytes_list: new(texts)),
                2 => new Feature(float_list: new(floats)),
                3 => new Feature(int64_list: new(numbers)),
                _ => made,
            };
        }
        return made;
    }
}

/// <summary>Strings of bytes, <c>tf.train.BytesList</c>.</summary>
public sealed class BytesList
{
    internal BytesList(IReadOnlyList<byte[]> value) => this.value = value;

    /// <summary>The strings.</summary>
    public IReadOnlyList<byte[]> value { get; }
}

/// <summary>Floats, <c>tf.train.FloatList</c>.</summary>
public sealed class FloatList
{
    internal FloatList(IReadOnlyList<float> value) => this.value = value;

    /// <summary>The floats.</summary>
    public IReadOnlyList<float> value { get; }
}

/// <summary>Whole numbers, <c>tf.train.Int64List</c>.</summary>
public sealed class Int64List
{
    internal Int64List(IReadOnlyList<long> value) => this.value = value;

    /// <summary>The numbers.</summary>
    public IReadOnlyList<long> value { get; }
}
