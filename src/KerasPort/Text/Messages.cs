namespace KerasPort;

/// <summary>The output of messages from models: the program's standard output, or none, as Keras' log has none unless a program asks for it.</summary>
internal static class Messages
{
    /// <summary>Whether messages are shown.</summary>
    public static bool AreShown { get; set; } = true;

    public static TextWriter Out => AreShown ? Console.Out : TextWriter.Null;
}
