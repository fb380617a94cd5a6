using System.Buffers;
using System.Reflection;
using KerasPort.Diagrams;

namespace KerasPort.Pictures;

/// <summary>
/// What reads and writes files of pictures: one subclass in an assembly beside the program, <c>KerasPort.Pictures</c>, which is loaded when it is
/// asked for. The library itself has no such code, as Keras has none without Pillow.
/// </summary>
public abstract class PictureCodec
{
    private const string AssemblyName = "KerasPort.Pictures";

    // Of no more bytes is a file read.
    private const long MostBytes = 1 << 28;

    private static PictureCodec? s_loaded;

    /// <summary>Decodes a picture: the first one of several, as it is stored, with the channels that it is stored with.</summary>
    /// <param name="file">A whole file.</param>
    /// <param name="path">What to call it when it is refused.</param>
    /// <exception cref="DatasetException">It is no picture, cut short, or has more pixels than <see cref="Image.MostPixels"/>.</exception>
    public abstract Image Decode(ReadOnlySpan<byte> file, string path);

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="format">png, jpeg or bmp.</param>
    /// <exception cref="ValueError">There is no such format here.</exception>
    public abstract byte[] Encode(Image image, string format);

    /// <summary>Draws boxes, lines and words, as PNG.</summary>
    /// <param name="drawing">What is drawn.</param>
    /// <param name="scale">Pixels a point.</param>
    /// <exception cref="ValueError">It would have more pixels than a picture has.</exception>
    internal abstract byte[] Draw(Drawing drawing, double scale);

    /// <summary>The one that is there.</summary>
    /// <param name="function">What needs it, in Keras' name.</param>
    /// <exception cref="ValueError">There is none; the message says how to have it.</exception>
    internal static PictureCodec Open(string function) => s_loaded ??= Load(AssemblyName, function);

    /// <summary>The one subclass of an assembly.</summary>
    internal static PictureCodec Load(string assembly, string function)
    {
        try
        {
            return (PictureCodec)Activator.CreateInstance(
                Assembly.Load(assembly).GetTypes().Single(t => t.IsSubclassOf(typeof(PictureCodec)) && !t.IsAbstract), nonPublic: true)!;
        }
        catch (FileNotFoundException missing)
        {
            throw new ValueError($"Could not import {assembly}. The use of `{function}` requires the package {assembly}: add it by "
                + $"`dotnet add package {assembly}` or `dotnet add reference src/{assembly}`, in a program of one file by a line `#:project src/{assembly}`.",
                missing);
        }
    }

    /// <summary>Reads a picture's file.</summary>
    /// <exception cref="DatasetException">It can't be read, or is no picture.</exception>
    internal Image Read(string path)
    {
        // Decoded before the next one is read, a file needs no memory of its own.
        var (rented, count) = Bytes(path);
        try
        {
            return Decode(rented.AsSpan(0, count), path);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>A file in a rented array, and how many bytes it has.</summary>
    private static (byte[] Rented, int Count) Bytes(string path)
    {
        if (path is null) throw new ValueError("None values not supported: `path` must be a picture's file. Received: path=None");
        try
        {
            using var file = File.OpenHandle(path);
            long length = RandomAccess.GetLength(file);
            if (length > MostBytes) throw new DatasetException($"{path} has {length >> 20} MiB, expected a picture of {MostBytes >> 20} at the most");
            var bytes = ArrayPool<byte>.Shared.Rent((int)length);
            int read = 0;
            while (read < length && RandomAccess.Read(file, bytes.AsSpan(read, (int)length - read), read) is > 0 and var more) read += more;
            return (bytes, read);
        }
        catch (NotSupportedException e)
        {
            throw new DatasetException($"{path} is a pipe or a device, expected a picture's file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && Directory.Exists(path))
        {
            throw new DatasetException($"{path} is a folder, expected a picture", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"There is no picture {path}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"The picture {path} can't be read: {e.Message}", e);
        }
    }
}
