namespace KerasPort.Pictures;

/// <content>Pillow's <c>Image.open</c>.</content>
public sealed partial class Image
{
    // Of no more bytes is a picture read.
    private const int MostBytes = 1 << 28;

    /// <summary>The picture in these bytes, such as a request's; the first one of several, with the channels that it is stored with.</summary>
    /// <param name="fp">Read to its end, from where it stands.</param>
    /// <exception cref="DatasetException">They are no picture, cut short, or of more pixels than <see cref="MostPixels"/>.</exception>
    /// <exception cref="ValueError">The package KerasPort.Pictures isn't there.</exception>
    public static Image open(Stream fp)
    {
        var codec = PictureCodec.Open("Image.open");
        var (file, piece) = (new MemoryStream(), new byte[1 << 16]);
        while (fp.Read(piece) is > 0 and var count)
        {
            if (file.Length + count > MostBytes) throw new DatasetException($"The stream has more than {MostBytes >> 20} MiB, expected a picture");
            file.Write(piece, 0, count);
        }
        return codec.Decode(file.ToArray(), "in the stream");
    }

    /// <inheritdoc cref="open(Stream)"/>
    /// <summary>The picture in a file.</summary>
    public static Image open(string fp) => PictureCodec.Open("Image.open").Read(fp);
}
