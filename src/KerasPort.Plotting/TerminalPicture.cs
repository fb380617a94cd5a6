using System.Text;
using KerasPort.Pictures;

namespace KerasPort.Plotting;

/// <summary>Shows a picture in a terminal that supports it: by the protocols of kitty and iTerm, or as sixels.</summary>
internal static class TerminalPicture
{
    private const int Piece = 4096;

    /// <summary>The text to write, given whether there is a terminal, and the environment; <c>null</c> where pictures aren't supported.</summary>
    public static string? Of(byte[] png, bool isTerminal, Func<string, string?> environment)
    {
        string term = environment("TERM") ?? "", program = environment("TERM_PROGRAM") ?? "";
        // A multiplexer doesn't pass pictures on.
        if (!isTerminal || environment("TMUX") is { Length: > 0 } || term.StartsWith("screen", StringComparison.Ordinal)) return null;
        if (term is "xterm-kitty" or "xterm-ghostty" || environment("KITTY_WINDOW_ID") is { Length: > 0 }) return Kitty(png);
        if (program is "iTerm.app" or "WezTerm") return $"\e]1337;File=inline=1;size={png.Length}:{Convert.ToBase64String(png)}\a";
        return term is "foot" or "foot-extra" or "mlterm" || term.Contains("sixel", StringComparison.Ordinal)
            ? Sixels(PictureCodec.Open("show").Decode(png, "the figure").WithChannels(3)) : null;
    }

    private static string Kitty(byte[] png)
    {
        string content = Convert.ToBase64String(png);
        var text = new StringBuilder();
        for (int at = 0; at < content.Length; at += Piece)
        {
            bool isLast = at + Piece >= content.Length;
            text.Append("\e_G").Append(at == 0 ? "a=T,f=100," : "").Append(isLast ? "m=0;" : "m=1;");
            text.Append(content, at, Math.Min(Piece, content.Length - at)).Append("\e\\");
        }
        return text.ToString();
    }

    /// <summary>Encodes six rows at a time, colour by colour: 216 colours, six levels of red, green and blue.</summary>
    private static string Sixels(Image image)
    {
        const int Steps = 6;
        var text = new StringBuilder($"\ePq\"1;1;{image.width};{image.height}");
        for (int color = 0; color < Steps * Steps * Steps; color++)
            text.Append($"#{color};2;{color / 36 * 20};{color / 6 % 6 * 20};{color % 6 * 20}");
        var pixels = image.Pixels;
        for (int top = 0; top < image.height; top += 6)
        {
            var bits = new SortedDictionary<int, byte[]>();
            for (int y = top; y < Math.Min(top + 6, image.height); y++)
            {
                for (int x = 0; x < image.width; x++)
                {
                    int at = 3 * (y * image.width + x), color = Step(pixels[at]) * 36 + Step(pixels[at + 1]) * 6 + Step(pixels[at + 2]);
                    if (!bits.TryGetValue(color, out var row)) bits[color] = row = new byte[image.width];
                    row[x] |= (byte)(1 << (y - top));
                }
            }
            foreach (var (color, row) in bits)
            {
                text.Append($"#{color}");
                for (int x = 0; x < row.Length;)
                {
                    int end = x;
                    while (end < row.Length && row[end] == row[x]) end++;
                    char sign = (char)(row[x] + 63);
                    text.Append(end - x > 3 ? $"!{end - x}{sign}" : new string(sign, end - x));
                    x = end;
                }
                text.Append('$');
            }
            text.Append('-');
        }
        return text.Append("\e\\").ToString();

        static int Step(byte part) => (part * (Steps - 1) + 127) / 255;
    }
}
