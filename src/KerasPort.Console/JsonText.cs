using System.Text.Encodings.Web;
using System.Text.Json;

namespace KerasPort.Console;

/// <summary>How the tool writes JSON: for people too, so indented and with its characters unescaped; the same on every system.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
