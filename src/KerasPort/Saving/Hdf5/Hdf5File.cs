using System.Buffers.Binary;

namespace KerasPort.Saving.Hdf5;

/// <summary>
/// Reads the part of HDF5 that Keras' files use, from bytes in memory: groups, hard links, contiguous and compact data, strings.
/// Anything else (soft and external links, external and virtual data, filters, chunks, shared messages) is refused.
/// </summary>
/// <remarks>
/// Nothing in the bytes is trusted: every address and size is checked against the file's length before it is used, every block is read at most once
/// (so that there is no cycle, and the file's length bounds the work), and nothing larger than the file is allocated. A general reader would follow
/// what is refused here, and would allocate gigabytes for a damaged size.
/// Source: HDF5 file format specification 3.0.
/// </remarks>
internal sealed class Hdf5File
{
    /// <summary>The most groups inside each other.</summary>
    public const int MostDepth = 32;

    private const int MostObjects = 65_536, MostPath = 1_024;
    private const long Undefined = -1;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly HashSet<long> _blocks = [];
    private readonly Dictionary<long, Dictionary<int, (int Start, int Length)>> _heaps = [];

    private long _read;
    private int _objects;

    private Hdf5File(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    private enum Message
    {
        Nothing = 0, Dataspace = 1, LinkInfo = 2, Datatype = 3, OldFill = 4, Fill = 5, Link = 6, ExternalFiles = 7, Layout = 8,
        GroupInfo = 10, Filters = 11, Attribute = 12, Comment = 13, OldTime = 14, Continuation = 16, SymbolTable = 17, Time = 18,
        AttributeInfo = 21, ReferenceCount = 22,
    }

    /// <summary>The first bytes of every HDF5 file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The root group.</summary>
    /// <exception cref="ModelFormatException">The bytes are not such a file.</exception>
    public static Hdf5Object Read(ReadOnlyMemory<byte> bytes)
    {
        var file = new Hdf5File(bytes);
        return file.ReadObject("", file.RootAddress(), depth: 0);
    }

    private long RootAddress()
    {
        const string place = "superblock";
        if (!_bytes.Span.StartsWith(Signature)) throw new ModelFormatException(place, "expected an HDF5 file");
        int version = U8(place, 8);
        (int sizes, long baseAddress, long end, long root) = version switch
        {
            0 => (13, S64(place, 24), S64(place, 40), S64(place, 64)),
            1 => (13, S64(place, 28), S64(place, 44), S64(place, 68)),
            2 or 3 => (9, S64(place, 12), S64(place, 28), S64(place, 36)),
            _ => throw new ModelFormatException(place, $"expected version 0 to 3, found {version}"),
        };
        if (U8(place, sizes) != 8 || U8(place, sizes + 1) != 8) throw new ModelFormatException(place, "expected addresses and lengths of 8 bytes");
        if (version >= 2) RequireSum(place, 0, 44);
        if (baseAddress != 0) throw new ModelFormatException(place, $"expected base address 0, found {baseAddress}");
        if (end > _bytes.Length) throw new ModelFormatException(place, $"the file was cut short: it says {end} bytes, there are {_bytes.Length}");
        return root;
    }

    private Hdf5Object ReadObject(string path, long address, int depth)
    {
        if (depth > MostDepth) throw new ModelFormatException(path, $"expected at most {MostDepth} groups inside each other");
        Count(path);
        var found = new Hdf5Object(path);
        (Hdf5Type type, int size)? datatype = null;
        long[]? shape = null;
        (int start, int length)? layout = null;
        foreach (var (message, start, length) in Messages(found.Path, address))
        {
            switch (message)
            {
                case Message.Dataspace: shape = Dataspace(found.Path, start, length); break;
                case Message.Datatype: datatype = Datatype(found.Path, start, length); break;
                case Message.Layout: layout = (start, length); break;
                case Message.Attribute: AddAttribute(found, start, length); break;
                case Message.Link: AddLink(found, start, length, depth); break;
                case Message.SymbolTable: AddSymbols(found, S64(found.Path, start), S64(found.Path, start + 8), depth); break;
                case Message.LinkInfo: RequireCompact(found.Path, start, "links"); break;
                case Message.AttributeInfo: RequireCompact(found.Path, start, "attributes"); break;
                case Message.ExternalFiles: throw new ModelFormatException(found.Path, "data in another file is refused");
                case Message.Filters: throw new ModelFormatException(found.Path, "filtered (compressed) data is refused");
                case Message.Nothing or Message.OldFill or Message.Fill or Message.GroupInfo or Message.Comment
                    or Message.OldTime or Message.Time or Message.ReferenceCount:
                    break;
                default: throw new ModelFormatException(found.Path, $"a header message of type {(int)message} is refused");
            }
        }
        if (layout is { } at)
        {
            if (datatype is not { } elements || shape is null) throw new ModelFormatException(found.Path, "expected a data set with a type and a shape");
            found.Value = new Hdf5Value(this, found.Path, elements.type, elements.size, shape,
                Data(found.Path, at.start, at.length, ByteCount(found.Path, elements.size, shape)), found.Attributes);
        }
        return found;
    }

    /// <summary>The messages of an object's header and of its continuation blocks.</summary>
    private IEnumerable<(Message Type, int Start, int Length)> Messages(string place, long address)
    {
        int header = Block(place, address, 16);
        bool tagged = _bytes.Span.Slice(header, 4).SequenceEqual("OHDR"u8);
        var blocks = new Queue<(int Start, int Length)>();
        bool ordered = false;
        if (tagged)
        {
            if (U8(place, header + 4) != 2) throw new ModelFormatException(place, $"expected an object header of version 2, found {U8(place, header + 4)}");
            int flags = U8(place, header + 5), at = header + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0), width = 1 << (flags & 3);
            ordered = (flags & 4) != 0;
            long length = width switch { 1 => U8(place, at), 2 => U16(place, at), 4 => U32(place, at), _ => S64(place, at) };
            blocks.Enqueue((Once(place, at + width, length), (int)length));
            RequireSum(place, header, at + width + length - header);
        }
        else
        {
            if (U8(place, header) != 1) throw new ModelFormatException(place, $"expected an object header, found version {U8(place, header)}");
            long length = U32(place, header + 8);
            blocks.Enqueue((Once(place, header + 16L, length), (int)length));
        }
        int prefix = !tagged ? 8 : ordered ? 6 : 4;
        while (blocks.TryDequeue(out var block))
        {
            // A remainder that is too short for a message is a gap.
            for (int at = block.Start, end = block.Start + block.Length; end - at >= prefix;)
            {
                var type = (Message)(tagged ? U8(place, at) : U16(place, at));
                int length = tagged ? U16(place, at + 1) : U16(place, at + 2), flags = U8(place, at + (tagged ? 3 : 4)), start = at + prefix;
                if (length > end - start) throw new ModelFormatException(place, "a header message is longer than its header");
                if ((flags & 2) != 0) throw new ModelFormatException(place, "a shared header message is refused");
                at = start + length;
                if (type != Message.Continuation)
                {
                    yield return (type, start, length);
                    continue;
                }
                if (length < 16) throw new ModelFormatException(place, "a header message is too short");
                long size = S64(place, start + 8);
                int next = Once(place, Block(place, S64(place, start), size), size);
                if (!tagged)
                {
                    blocks.Enqueue((next, (int)size));
                    continue;
                }
                if (size < 8 || !_bytes.Span.Slice(next, 4).SequenceEqual("OCHK"u8))
                    throw new ModelFormatException(place, "expected the rest of an object header");
                RequireSum(place, next, size - 4);
                blocks.Enqueue((next + 4, (int)size - 8));
            }
        }
    }

    private long[] Dataspace(string place, int start, int length)
    {
        int version = U8(place, start), rank = U8(place, start + 1), dimensions = start + (version == 1 ? 8 : 4);
        if (version is not (1 or 2)) throw new ModelFormatException(place, $"expected a shape of version 1 or 2, found {version}");
        if (version == 2 && U8(place, start + 3) == 2) return [0];      // a null dataspace has no elements
        if (dimensions + rank * 8 > start + length) throw new ModelFormatException(place, "a shape is longer than its message");
        var shape = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            shape[i] = S64(place, dimensions + i * 8);
            if (shape[i] < 0) throw new ModelFormatException(place, "a dimension is out of range");
        }
        return shape;
    }

    private (Hdf5Type, int) Datatype(string place, int start, int length)
    {
        if (length < 8) throw new ModelFormatException(place, "a type is too short");
        int kind = U8(place, start) & 15, bits = U8(place, start + 1);
        uint size = U32(place, start + 4);
        if (size is 0 or > 1 << 20) throw new ModelFormatException(place, $"elements of {size} bytes are refused");
        // Properties of a number: byte order, bit offset and precision; for floats also exponent and mantissa, which must be those of IEEE 754.
        ReadOnlySpan<byte> properties = At(place, start + 8L, length - 8) is var at ? _bytes.Span.Slice(at, length - 8) : default;
        var type = kind switch
        {
            0 when bits == 8 && properties.StartsWith((ReadOnlySpan<byte>)[0, 0, (byte)(size * 8), 0]) =>
                size switch { 4 => Hdf5Type.Int32, 8 => Hdf5Type.Int64, _ => Hdf5Type.Other },
            1 when size == 4 && (bits & 0x41) == 0 && properties.StartsWith((ReadOnlySpan<byte>)[0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]) => Hdf5Type.Float32,
            1 when size == 8 && (bits & 0x41) == 0 && properties.StartsWith((ReadOnlySpan<byte>)[0, 0, 64, 0, 52, 11, 0, 52, 255, 3, 0, 0]) => Hdf5Type.Float64,
            1 when size == 2 && (bits & 0x41) == 0 && properties.StartsWith((ReadOnlySpan<byte>)[0, 0, 16, 0, 10, 5, 0, 10, 15, 0, 0, 0]) => Hdf5Type.Float16,
            3 => Hdf5Type.FixedString,
            5 when size == 2 => Hdf5Type.TwoBytes,
            9 when size == 16 && (bits & 15) == 1 => Hdf5Type.VariableString,
            _ => Hdf5Type.Other,
        };
        return (type, (int)size);
    }

    private void AddAttribute(Hdf5Object owner, int start, int length)
    {
        string place = owner.Path;
        if (length < 8) throw new ModelFormatException(place, "an attribute is too short");
        int version = U8(place, start), nameSize = U16(place, start + 2), typeSize = U16(place, start + 4), spaceSize = U16(place, start + 6);
        if (version is not (1 or 2 or 3)) throw new ModelFormatException(place, $"expected an attribute of version 1 to 3, found {version}");
        if (version > 1 && U8(place, start + 1) != 0) throw new ModelFormatException(place, "an attribute with a shared type is refused");
        int Padded(int size) => version == 1 ? (size + 7) & ~7 : size;
        int name = start + (version == 3 ? 9 : 8), type = name + Padded(nameSize), space = type + Padded(typeSize), data = space + Padded(spaceSize);
        if (data > start + length) throw new ModelFormatException(place, "an attribute is longer than its message");
        string text = Hdf5Value.Utf8(place, _bytes.Span.Slice(name, nameSize).TrimEnd((byte)0));
        Count(place);
        place = $"{place}, attribute '{text}'";
        var (kind, size) = Datatype(place, type, typeSize);
        var shape = Dataspace(place, space, spaceSize);
        int bytes = ByteCount(place, size, shape);
        if (bytes > start + length - data) throw new ModelFormatException(place, $"expected {bytes} bytes of data, found {start + length - data}");
        if (!owner.Attributes.TryAdd(text, new Hdf5Value(this, place, kind, size, shape, _bytes.Slice(data, bytes))))
            throw new ModelFormatException(place, "it is there twice");
    }

    private void AddLink(Hdf5Object owner, int start, int length, int depth)
    {
        int at = start, end = start + length;
        int Take(int count)
        {
            at += count;
            return at <= end ? at - count : throw new ModelFormatException(owner.Path, "a link is longer than its message");
        }

        if (U8(owner.Path, Take(1)) != 1) throw new ModelFormatException(owner.Path, "expected a link of version 1");
        int flags = U8(owner.Path, Take(1)), kind = (flags & 8) != 0 ? U8(owner.Path, Take(1)) : 0;
        if ((flags & 4) != 0) Take(8);
        if ((flags & 16) != 0) Take(1);
        int width = 1 << (flags & 3), field = Take(width);
        long size = width switch { 1 => U8(owner.Path, field), 2 => U16(owner.Path, field), 4 => U32(owner.Path, field), _ => S64(owner.Path, field) };
        if (size < 0 || size > end - at) throw new ModelFormatException(owner.Path, "a link is longer than its message");
        string name = Hdf5Value.Utf8(owner.Path, _bytes.Span.Slice(Take((int)size), (int)size));
        if (kind != 0) throw new ModelFormatException($"{owner.Path.TrimEnd('/')}/{name}",
            kind == 1 ? "a soft link is refused" : "a link to another file is refused");
        AddChild(owner, name, S64(owner.Path, Take(8)), depth);
    }

    private void AddChild(Hdf5Object owner, string name, long address, int depth)
    {
        string place = $"{owner.Path.TrimEnd('/')}/{name}";
        if (place.Length > MostPath) throw new ModelFormatException(owner.Path, $"expected paths of at most {MostPath} characters");
        if (name.Length == 0 || name.Contains('/') || name is "." or "..") throw new ModelFormatException(owner.Path, $"'{name}' is no name");
        if (!owner.Children.TryAdd(name, ReadObject(place, address, depth + 1))) throw new ModelFormatException(place, "it is there twice");
    }

    /// <summary>The links of a group in the old format: a B-tree over symbol nodes, with the names in a local heap.</summary>
    private void AddSymbols(Hdf5Object owner, long tree, long heap, int depth)
    {
        string place = owner.Path;
        int header = Block(place, heap, 32);
        RequireTag(place, header, "HEAP"u8);
        long size = S64(place, header + 8);
        int names = Once(place, S64(place, header + 24), size);
        var nodes = new Stack<long>([tree]);
        while (nodes.TryPop(out long address))
        {
            int node = Block(place, address, 8), entries = U16(place, node + 6);
            Once(place, node, entries * 16L);
            if (_bytes.Span.Slice(node, 4).SequenceEqual("TREE"u8))
            {
                if (U8(place, node + 4) != 0) throw new ModelFormatException(place, "expected a tree of links");
                // Keys and children alternate; children are pushed from the last to the first, so that the first is popped first.
                for (int i = entries - 1; i >= 0; i--) nodes.Push(S64(place, node + 32 + i * 16));
                continue;
            }
            RequireTag(place, node, "SNOD"u8);
            for (int i = 0; i < entries; i++)
            {
                int entry = At(place, node + 8L + i * 40, 40);
                long name = S64(place, entry);
                if (name < 0 || name >= size) throw new ModelFormatException(place, "a name lies outside its heap");
                var text = _bytes.Span.Slice(names + (int)name, (int)Math.Min(size - name, MostPath));
                int end = text.IndexOf((byte)0);
                if (end < 0) throw new ModelFormatException(place, "a name has no end");
                string called = Hdf5Value.Utf8(place, text[..end]);
                if (U32(place, entry + 16) == 2) throw new ModelFormatException($"{place.TrimEnd('/')}/{called}", "a soft link is refused");
                AddChild(owner, called, S64(place, entry + 8), depth);
            }
        }
    }

    /// <summary>Refuses links or attributes in dense storage (a fractal heap), which Keras never writes.</summary>
    private void RequireCompact(string place, int start, string what)
    {
        int flags = U8(place, start + 1), heap = start + 2 + ((flags & 1) == 0 ? 0 : what == "links" ? 8 : 2);
        if (S64(place, heap) != Undefined) throw new ModelFormatException(place, $"{what} in a heap are refused");
    }

    private ReadOnlyMemory<byte> Data(string place, int start, int length, int bytes)
    {
        int version = U8(place, start), kind = U8(place, start + 1);
        if (version is not (3 or 4)) throw new ModelFormatException(place, $"expected a data layout of version 3 or 4, found {version}");
        if (length < (kind == 1 ? 18 : 4)) throw new ModelFormatException(place, "a data layout is too short");
        switch (kind)
        {
            case 0:
                int size = U16(place, start + 2);
                if (size != bytes || size > length - 4) throw new ModelFormatException(place, $"expected {bytes} bytes of data, found {size}");
                return _bytes.Slice(start + 4, bytes);
            case 1 when bytes == 0:
                return default;
            case 1:
                long address = S64(place, start + 2), there = S64(place, start + 10);
                if (there != bytes) throw new ModelFormatException(place, $"expected {bytes} bytes of data, found {there}");
                return _bytes.Slice(Block(place, address, bytes), bytes);
            case 2:
                throw new ModelFormatException(place, "chunked data is refused");
            case 3:
                throw new ModelFormatException(place, "a virtual data set is refused");
            default:
                throw new ModelFormatException(place, $"a data layout of class {kind} is refused");
        }
    }

    /// <summary>The bytes of a variable-length string, whose element holds its length, the address of a global heap, and its index there.</summary>
    internal ReadOnlySpan<byte> HeapObject(string place, ReadOnlySpan<byte> element)
    {
        long address = BinaryPrimitives.ReadInt64LittleEndian(element[4..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(element), index = BinaryPrimitives.ReadInt32LittleEndian(element[12..]);
        if (length == 0) return [];
        if (!_heaps.TryGetValue(address, out var objects)) _heaps[address] = objects = Heap(place, address);
        if (!objects.TryGetValue(index, out var found) || length < 0 || length > found.Length)
            throw new ModelFormatException(place, "a string lies outside its heap");
        return _bytes.Span.Slice(found.Start, length);
    }

    private Dictionary<int, (int Start, int Length)> Heap(string place, long address)
    {
        int start = Block(place, address, 16);
        RequireTag(place, start, "GCOL"u8);
        long size = S64(place, start + 8);
        Once(place, start, size);
        var objects = new Dictionary<int, (int, int)>();
        for (long at = start + 16, end = start + size; end - at >= 16;)
        {
            int index = U16(place, (int)at);
            long length = S64(place, (int)at + 8);
            if (index == 0) break;      // index 0 is the free space at the end
            if (length < 0 || length > end - at - 16) throw new ModelFormatException(place, "a heap's object is longer than its heap");
            if (!objects.TryAdd(index, ((int)at + 16, (int)length))) throw new ModelFormatException(place, "a heap's object is there twice");
            at += 16 + ((length + 7) & ~7);
        }
        return objects;
    }

    private void Count(string place)
    {
        if (++_objects > MostObjects) throw new ModelFormatException(place, $"expected at most {MostObjects} objects and attributes");
    }

    private static int ByteCount(string place, int elementSize, long[] shape)
    {
        long bytes = elementSize;
        foreach (long d in shape)
        {
            // Below 2^31 before each product, so none overflows.
            if (d > int.MaxValue || (bytes *= d) > int.MaxValue)
                throw new ModelFormatException(place, $"a shape of {Hdf5Value.ShapeText(shape)} is larger than any file");
        }
        return (int)bytes;
    }

    private void RequireTag(string place, int at, ReadOnlySpan<byte> tag)
    {
        if (!_bytes.Span.Slice(At(place, at, 4), 4).SequenceEqual(tag))
            throw new ModelFormatException(place, $"expected a block '{System.Text.Encoding.ASCII.GetString(tag)}'");
    }

    /// <summary>Requires a valid checksum behind a block.</summary>
    private void RequireSum(string place, long address, long length)
    {
        int at = At(place, address, length + 4);
        if (Lookup3.Of(_bytes.Span.Slice(at, (int)length)) != U32(place, at + (int)length))
            throw new ModelFormatException(place, $"the file is damaged: the checksum of {length} bytes at {address} is wrong");
    }

    /// <summary>The index of a block that was not read before.</summary>
    private int Block(string place, long address, long length)
    {
        int at = At(place, address, length);
        return _blocks.Add(address) ? at : throw new ModelFormatException(place, "a block of the file is used twice: a cycle, or two names for one thing");
    }

    /// <summary>The index of bytes that are read once: together at most as many as the file has.</summary>
    private int Once(string place, long address, long length)
    {
        int at = At(place, address, length);
        return (_read += length) <= _bytes.Length ? at : throw new ModelFormatException(place, "blocks of the file lie over each other");
    }

    /// <summary>The index of bytes at an address, checked to lie within the file.</summary>
    private int At(string place, long address, long length) =>
        address >= 0 && length >= 0 && length <= _bytes.Length && address <= _bytes.Length - length ? (int)address
        : throw new ModelFormatException(place,
            $"{(length < 0 ? "a length" : $"{length} bytes")} at {(ulong)address} lie outside the file of {_bytes.Length} bytes");

    private byte U8(string place, int at) => _bytes.Span[At(place, at, 1)];

    private ushort U16(string place, int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Span[At(place, at, 2)..]);

    private uint U32(string place, int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[At(place, at, 4)..]);

    private long S64(string place, int at) => BinaryPrimitives.ReadInt64LittleEndian(_bytes.Span[At(place, at, 8)..]);
}
