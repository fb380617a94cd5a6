namespace KerasPort.Tests.Text;

/// <summary>A clock that a test sets.</summary>
internal sealed class ManualClock(long frequency) : TimeProvider
{
    public long Now { get; set; }

    public override long TimestampFrequency => frequency;

    public override long GetTimestamp() => Now;
}
