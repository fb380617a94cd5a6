namespace KerasPort.Pictures;

/// <content>Pillow's <c>Image.open</c>.</content>
public sealed partial class Image
{
    // The most bytes of a file that are read.
    private const int MostBytes = 1 << 28;

    /// <summary>Decodes the picture in a stream, such as a request's, with the channels that it is stored with; the first one of several.</summary>
    /// <param name="fp">The stream, which is read from its position to its end.</param>
    /// <exception cref="DatasetException">The bytes aren't a picture, are cut short, or have more pixels than <see cref="MostPixels"/>.</exception>
    /// <exception cref="ValueError">The package KerasPort.Pictures is missing.</exception>
    public static Image open(Stream fp)
    {
        var codec = PictureCodec.Open("Image.open");
        var (file, piece) = (new MemoryStream(), new byte[1 << 16]);
        while (fp.Read(piece) is > 0 and var count)
        {
            if (file.Length + count > MostBytes) throw new DatasetException($"The stream has more than {MostBytes >> 20} MiB, expected a picture");
            file.Write(piece, 0, count);
        }
        return codec.Decode(file.ToArray(), "the stream");
    }

    /// <inheritdoc cref="open(Stream)"/>
    /// <summary>Decodes the picture in a file.</summary>
    public static Image open(string fp) => PictureCodec.Open("Image.open").Read(fp);
}
