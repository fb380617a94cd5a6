using System.Buffers;
using System.Reflection;
using KerasPort.Diagrams;

namespace KerasPort.Pictures;

/// <summary>
/// Decodes and encodes picture files: one subclass, in the assembly <c>KerasPort.Pictures</c> beside the program, which is loaded when it is first needed.
/// The library itself has no such code, as Keras has none without Pillow.
/// </summary>
public abstract class PictureCodec
{
    private const string AssemblyName = "KerasPort.Pictures";

    // The most bytes of a file that are read.
    private const long MostBytes = 1 << 28;

    private static PictureCodec? s_loaded;

    /// <summary>Decodes a picture with the channels that it is stored with; the first one of several.</summary>
    /// <param name="file">The content of a file.</param>
    /// <param name="path">The file's name in messages.</param>
    /// <exception cref="DatasetException">The content isn't a picture, is cut short, or has more pixels than <see cref="Image.MostPixels"/>.</exception>
    public abstract Image Decode(ReadOnlySpan<byte> file, string path);

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="format">png, jpeg or bmp.</param>
    /// <exception cref="ValueError">The format isn't supported.</exception>
    public abstract byte[] Encode(Image image, string format);

    /// <summary>Draws boxes, lines and text, as PNG.</summary>
    /// <param name="drawing">The drawing.</param>
    /// <param name="scale">Pixels per point.</param>
    /// <exception cref="ValueError">It would have more pixels than a picture may have.</exception>
    internal abstract byte[] Draw(Drawing drawing, double scale);

    /// <summary>The codec of the package.</summary>
    /// <param name="function">Keras' name of the function that needs it, for the message.</param>
    /// <exception cref="ValueError">The package is missing; the message says how to add it.</exception>
    internal static PictureCodec Open(string function) => s_loaded ??= Load(AssemblyName, function);

    /// <summary>The codec class of an assembly.</summary>
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

    /// <summary>Reads a picture file.</summary>
    /// <exception cref="DatasetException">The file can't be read, or isn't a picture.</exception>
    internal Image Read(string path)
    {
        // Each file is decoded before the next one is read, so that one rented buffer serves all.
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

    /// <summary>The content of a file in a rented array, and its length in bytes.</summary>
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
