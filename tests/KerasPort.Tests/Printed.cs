namespace KerasPort.Tests;

/// <summary>Captures the output of an action.</summary>
internal static class Printed
{
    public static string By(Action action) => Capture(System.Console.Out, System.Console.SetOut, action);

    public static string ToErrorBy(Action action) => Capture(System.Console.Error, System.Console.SetError, action);

    private static string Capture(TextWriter previous, Action<TextWriter> set, Action action)
    {
        var output = new StringWriter { NewLine = "\n" };
        set(output);
        try
        {
            action();
        }
        finally
        {
            set(previous);
        }
        return output.ToString();
    }
}
