using System.Text.Json;
using KerasPort.Layers;

namespace KerasPort.Console.Analysis;

/// <summary>
/// A convolution's filters as one picture: side by side if there is one input channel, else with a row for each filter and a column for each
/// channel.
/// </summary>
internal sealed class FilterSheet
{
    /// <summary>The most filters, or channels, that are shown: more would be too small to see.</summary>
    private const int MostShown = 64;

    private readonly string _layer;
    private readonly int _filters, _channels, _shownFilters, _shownChannels, _height, _width, _sheetWidth, _sheetHeight;
    private readonly float _largest;
    private readonly byte[] _png;

    public FilterSheet(Conv2D layer)
    {
        // [height, width, channels, filters]
        var kernel = layer.get_weights()[0];
        float[] weights = kernel.ToFloats();
        (_layer, _height, _width, _channels, _filters) = (layer.name, kernel.shape[0], kernel.shape[1], kernel.shape[2], kernel.shape[3]);
        (_shownFilters, _shownChannels) = (Math.Min(_filters, MostShown), Math.Min(_channels, MostShown));
        _largest = weights.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();

        int across = _channels == 1 ? (int)Math.Ceiling(Math.Sqrt(_shownFilters)) : _shownChannels;
        int down = _channels == 1 ? (_shownFilters + across - 1) / across : _shownFilters;
        var sheet = new TileSheet(_width, _height, across, down, gap: 1, background: 127);
        for (int filter = 0; filter < _shownFilters; filter++)
        {
            for (int channel = 0; channel < _shownChannels; channel++)
            {
                var (column, row) = _channels == 1 ? (filter % across, filter / across) : (channel, filter);
                for (int y = 0; y < _height; y++)
                    for (int x = 0; x < _width; x++) sheet.Set(column, row, x, y, Shade(weights[((y * _width + x) * _channels + channel) * _filters + filter]));
            }
        }
        (_sheetWidth, _sheetHeight, _png) = (sheet.Width, sheet.Height, sheet.ToPng(Palette.Signed));
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("layer", _layer);
        json.WriteNumber("filters", _filters);
        json.WriteNumber("channels", _channels);
        json.WriteNumber("shown_filters", _shownFilters);
        json.WriteNumber("shown_channels", _shownChannels);
        json.WriteNumber("height", _height);
        json.WriteNumber("width", _width);
        json.WriteNumber("largest", _largest);
        json.WriteNumber("sheet_width", _sheetWidth);
        json.WriteNumber("sheet_height", _sheetHeight);
        json.WriteBase64String("png", _png);
        json.WriteEndObject();
    }

    /// <summary>The shade of a weight: 0 for -largest, 127.5 for 0, 255 for largest.</summary>
    private byte Shade(float weight) =>
        _largest > 0 && float.IsFinite(weight) ? (byte)Math.Round(127.5 + 127.5 * weight / _largest) : (byte)127;
}
