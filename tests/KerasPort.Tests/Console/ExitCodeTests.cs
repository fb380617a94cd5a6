using KerasPort.Console;

namespace KerasPort.Tests.Console;

public class ExitCodeTests
{
    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new UsageException("a"), 2, "kerasport: error: a\n" },
        { new ValueError("a\n  b\r\nc"), 2, "kerasport: error: a\\n  b\\r\\nc\n" },
        { new IOException("a\n  b\r\nc"), 6, "kerasport: error: a b c\n" },
        { new DatasetException("a"), 3, "kerasport: error: a\n" },
        { new EngineException("a"), 4, "kerasport: error: a\n" },
        { new ModelFormatException("b", "c", file: "a"), 5, "kerasport: error: a: b: c\n" },
        { new IOException("a"), 6, "kerasport: error: a\n" },
        { new UnauthorizedAccessException("a"), 6, "kerasport: error: a\n" },
        { new InvalidOperationException("a"), 1, "kerasport: error: InvalidOperationException: a\n" },
        { new OutOfMemoryException("a"), 1, "kerasport: error: OutOfMemoryException: a\n" },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Each_failure_is_one_line_and_its_code(Exception failure, int code, string line)
    {
        var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(code, CommandLine.Fail(failure, output));
        Assert.Equal(line, output.ToString());
    }
}
